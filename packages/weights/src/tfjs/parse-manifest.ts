import { EfficientNetError } from "@efficientnet/errors";
import { elementCount } from "../element-count.js";
import { showJson } from "../show-json.js";
import { asList, asObject, asText, damaged } from "./json-values.js";

/** Affine quantisation: value = q * scale + min. */
export interface AffineQuantisation {
  readonly stored: "U8" | "U16";
  readonly scale: number;
  readonly min: number;
}

/** One array of a group of shards: where it begins in the group, and how it is stored. */
export interface ManifestEntry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly stored: "F32" | "I32" | "BOOL" | "F16" | AffineQuantisation;
  readonly begin: number;
  readonly end: number;
}

export interface ManifestGroup {
  readonly paths: readonly string[];
  readonly entries: readonly ManifestEntry[];
  /** Bytes of all its shards together. */
  readonly bytes: number;
}

const BYTES = { F32: 4, I32: 4, BOOL: 1, F16: 2, U8: 1, U16: 2 } as const;
const PLAIN: ReadonlyMap<unknown, "F32" | "I32" | "BOOL"> = new Map([
  ["float32", "F32"],
  ["int32", "I32"],
  ["bool", "BOOL"],
]);
const MAX_RANK = 32;

/**
 * The groups of a `weightsManifest`: each lists its shard files and its arrays, which follow one another without gaps
 * and may go on from one shard to the next.
 *
 * @throws `wrong-file` for what cannot be, `unsupported` for strings and complex numbers.
 */
export function parseManifest(manifest: unknown): readonly ManifestGroup[] {
  const names = new Set<string>();
  return asList(manifest, "the weightsManifest").map((value) => {
    const group = asObject(value, "a group of the weightsManifest");
    const paths = asList(group.paths, "the paths of a group").map((path) => asText(path, "a path of a shard"));
    let end = 0;
    const entries = asList(group.weights, "the weights of a group").map((weight): ManifestEntry => {
      const entry = parseEntry(weight, end);
      if (names.has(entry.name)) throw damaged(`${quote(entry.name)} is listed twice`);
      names.add(entry.name);
      end = entry.end;
      return entry;
    });
    return { paths, entries, bytes: end };
  });
}

function parseEntry(value: unknown, begin: number): ManifestEntry {
  const weight = asObject(value, "an entry of the weightsManifest");
  const name = asText(weight.name, "the name of an array");
  const shape = asList(weight.shape, `the shape of ${quote(name)}`).filter((n): n is number => isCount(n));
  const elements = elementCount(shape);
  if (elements === null || shape.length > MAX_RANK || shape.length !== (weight.shape as unknown[]).length) {
    throw damaged(`${quote(name)} has no valid shape`);
  }
  const stored = parseStored(name, weight.dtype, weight.quantization);
  const end = begin + elements * BYTES[typeof stored === "string" ? stored : stored.stored];
  if (!Number.isSafeInteger(end)) throw damaged(`${quote(name)} is too large`);
  return { name, shape, stored, begin, end };
}

function parseStored(name: string, dtype: unknown, quantisation: unknown): ManifestEntry["stored"] {
  if (quantisation === undefined || quantisation === null) {
    const plain = PLAIN.get(dtype);
    if (plain !== undefined) return plain;
    throw new EfficientNetError("unsupported", `${quote(name)} has element type ${showJson(dtype, 40)}`, {
      expected: [...PLAIN.keys()].join(", "),
    });
  }
  const { dtype: stored, scale, min } = asObject(quantisation, `the quantisation of ${quote(name)}`);
  if (stored === "float16") return "F16";
  const integers = stored === "uint8" ? "U8" : stored === "uint16" ? "U16" : null;
  if (integers === null || typeof scale !== "number" || typeof min !== "number") {
    throw damaged(`${quote(name)} has no valid quantisation`);
  }
  return { stored: integers, scale, min };
}

function isCount(value: unknown): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
