import { EfficientNetError } from "@efficientnet/errors";
import type { Example, ExampleSet } from "./few-shot.js";

const FORMAT = "efficientnet-examples-1";

/** An example set as JSON text: embeddings are little-endian float32 in base64, so nothing is rounded. */
export function formatExampleSet({ model, examples }: ExampleSet): string {
  return JSON.stringify({
    format: FORMAT,
    model,
    examples: examples.map(({ label, embedding }) => ({ label, embedding: toBase64(embedding) })),
  });
}

/**
 * The inverse of {@link formatExampleSet}.
 *
 * @param model - when given, the set must have been made by it.
 * @throws `wrong-file` when the text is no example set, or is one of another network.
 */
export function parseExampleSet(text: string, model?: string): ExampleSet {
  const set = parseSet(text);
  if (model === undefined || set.model === model) return set;
  throw new EfficientNetError("wrong-file", "these examples were made by another network", {
    expected: model,
    received: set.model,
    hint: "embeddings of different networks or weights cannot be compared: make the examples again",
  });
}

function parseSet(text: string): ExampleSet {
  try {
    const value: unknown = JSON.parse(text);
    if (
      isRecord(value) &&
      value.format === FORMAT &&
      typeof value.model === "string" &&
      Array.isArray(value.examples)
    ) {
      return { model: value.model, examples: value.examples.map(parseExample) };
    }
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "this is not an example set", { expected: FORMAT, cause });
  }
  throw new EfficientNetError("wrong-file", "this is not an example set", { expected: FORMAT });
}

function parseExample(value: unknown): Example {
  if (!isRecord(value) || typeof value.label !== "string" || typeof value.embedding !== "string") {
    throw new TypeError("an example is { label, embedding }");
  }
  const embedding = fromBase64(value.embedding);
  if (!embedding.every(Number.isFinite)) throw new TypeError("an embedding holds finite numbers");
  return { label: value.label, embedding };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function toBase64(values: Float32Array): string {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, i) => {
    view.setFloat32(i * 4, value, true);
  });
  return btoa(Array.from(new Uint8Array(view.buffer), (byte) => String.fromCharCode(byte)).join(""));
}

function fromBase64(text: string): Float32Array {
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true));
}
