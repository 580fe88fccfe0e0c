import { EfficientNetError } from "@efficientnet/errors";
import { readText } from "./read-text.js";

const EXPECTED =
  'a name for every class, in order: one a line, a JSON array of strings, or a JSON object { "0": name, "1": name, ... }';

/**
 * Class names from a file, in the order of the classes: text with one name a line, a JSON array of strings, or a JSON
 * object by the numbers of the classes, as `id2label` of transformers is.
 *
 * @throws `wrong-file` when a name is missing or is no text, or the numbers leave a gap.
 */
export async function readLabels(path: string): Promise<readonly string[]> {
  const text = await readText(path, "labels file");
  const labels = /^\s*[[{]/.test(text) ? parseJson(path, text) : parseLines(text);
  if (labels.length === 0) throw new EfficientNetError("wrong-file", `${path} holds no labels`);
  const bad = labels.findIndex((label) => typeof label !== "string" || label === "");
  if (bad < 0) return labels as readonly string[];
  throw new EfficientNetError("wrong-file", `label ${bad + 1} of ${path} is ${JSON.stringify(labels[bad])}`, {
    expected: EXPECTED,
  });
}

function parseLines(text: string): readonly string[] {
  const lines = text.trimEnd().split(/\r?\n/);
  return lines.join("") === "" ? [] : lines.map((line) => line.trim());
}

function parseJson(path: string, text: string): readonly unknown[] {
  try {
    const value = JSON.parse(text) as readonly unknown[] | Readonly<Record<string, unknown>>;
    return Array.isArray(value) ? value : inOrder(path, value as Readonly<Record<string, unknown>>);
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    const kind = text.trimStart().startsWith("[") ? "array" : "object";
    throw new EfficientNetError("wrong-file", `${path} begins like a JSON ${kind} and is none`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** Keys that are whole numbers come in their order, wherever the file has them. */
function inOrder(path: string, labels: Readonly<Record<string, unknown>>): readonly unknown[] {
  const keys = Object.keys(labels);
  const odd = keys.find((key, i) => key !== String(i));
  if (odd === undefined) return Object.values(labels);
  throw new EfficientNetError("wrong-file", `the keys of ${path} are not the numbers of the classes`, {
    expected: `0 to ${keys.length - 1}, each once`,
    received: `"${odd}"`,
  });
}
