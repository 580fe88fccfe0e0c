import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { BYTES_PER_ELEMENT, type DType } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { checkKeys } from "./check-keys.js";

/** No framework has arrays of more axes; keeps messages short. */
const MAX_RANK = 32;

/** One array as the header describes it; offsets count from the start of the data. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** The header's JSON as checked entries, in the order they are written. Everything in it may be hostile. */
export function parseHeader(bytes: Uint8Array): Header {
  const entries: HeaderEntry[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [name, value] of Object.entries(parseObject(bytes))) {
    if (name === "__metadata__") metadata = parseMetadata(value);
    else entries.push(parseEntry(name, value));
  }
  return { entries, metadata };
}

function parseObject(bytes: Uint8Array): object {
  let parsed: unknown;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    checkKeys(text);
    parsed = JSON.parse(text);
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    throw new EfficientNetError("wrong-file", "the safetensors header is not valid JSON", { cause });
  }
  if (isObject(parsed)) return parsed;
  throw new EfficientNetError("wrong-file", "the safetensors header is not a JSON object");
}

function parseMetadata(value: unknown): ReadonlyMap<string, string> {
  const pairs = isObject(value) ? Object.entries(value) : null;
  if (pairs?.every((pair): pair is [string, string] => typeof pair[1] === "string")) return new Map(pairs);
  throw new EfficientNetError("wrong-file", "the safetensors header's __metadata__ is not a map of strings");
}

function parseEntry(name: string, value: unknown): HeaderEntry {
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  const label = `tensor ${JSON.stringify(name.slice(0, 200))}`;
  if (!isDType(dtype)) {
    throw new EfficientNetError("wrong-file", `${label} has an element type this version does not read`, {
      expected: Object.keys(BYTES_PER_ELEMENT).join(", "),
      received: describe(dtype),
    });
  }
  if (!isShape(shape)) {
    throw new EfficientNetError("wrong-file", `${label} has no valid shape`, { received: describe(shape) });
  }
  const byteLength = (elementCount(shape) ?? 0) * BYTES_PER_ELEMENT[dtype];
  const [begin, end] = isCounts(offsets, 2) ? offsets : [];
  if (begin === undefined || end === undefined || end - begin !== byteLength) {
    throw new EfficientNetError("wrong-file", `${label} has offsets that do not hold its shape`, {
      expected: `${byteLength} bytes for ${dtype} ${formatShape(shape)}`,
      received: describe(offsets),
    });
  }
  return { name, dtype, shape, begin, end };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(BYTES_PER_ELEMENT, value);
}

function isShape(value: unknown): value is readonly number[] {
  return isCounts(value, MAX_RANK) && elementCount(value) !== null;
}

function isCounts(value: unknown, maxLength: number): value is readonly number[] {
  return Array.isArray(value) && value.length <= maxLength && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function describe(value: unknown): string {
  return (JSON.stringify(value) ?? "nothing").slice(0, 100);
}
