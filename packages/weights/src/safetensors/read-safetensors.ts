import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { storedTensor } from "../stored-tensor.js";
import { type HeaderEntry, parseHeader } from "./parse-header.js";

/** Bytes of the length field in front of the header. */
export const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

/** What the head of a file says about the rest of it. */
export interface SafetensorsHeader {
  readonly entries: readonly HeaderEntry[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Where the data begin; the entries count from here. */
  readonly dataStart: number;
}

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, the data. Tensors are views of `bytes`.
 *
 * Strict: the header must be an object without repeated keys, and the tensors must cover the data exactly, without
 * holes, overlaps or bytes left over.
 *
 * @throws `wrong-file` for anything else, before any tensor is read.
 */
export function readSafetensors(bytes: Uint8Array): Checkpoint {
  const head = readHeader(bytes.subarray(0, headerEnd(bytes, bytes.byteLength)), bytes.byteLength);
  return safetensorsCheckpoint(head, ({ dtype, shape, begin, end }) =>
    storedTensor(dtype, shape, bytes.subarray(head.dataStart + begin, head.dataStart + end)),
  );
}

/** A checkpoint of a header's entries, whose values `open` knows how to get. */
export function safetensorsCheckpoint(
  { entries, metadata }: SafetensorsHeader,
  open: (entry: HeaderEntry) => StoredTensor,
): Checkpoint {
  return { format: "safetensors", tensors: new Map(entries.map((entry) => [entry.name, open(entry)])), metadata };
}

/**
 * Reads the head of a file of `fileBytes` bytes, which must be {@link headerEnd} long.
 *
 * @throws `wrong-file` unless it is a header whose tensors cover the rest of the file.
 */
export function readHeader(head: Uint8Array, fileBytes: number): SafetensorsHeader {
  if (head[LENGTH_BYTES] !== 0x7b) {
    throw new EfficientNetError("wrong-file", "the safetensors header does not begin with {");
  }
  const { entries, metadata } = parseHeader(head.subarray(LENGTH_BYTES));
  checkCoverage(entries, fileBytes - head.byteLength);
  return { entries, metadata, dataStart: head.byteLength };
}

/**
 * Where the header of a file of `fileBytes` bytes ends, by its first eight.
 *
 * @throws `wrong-file` when the file is too short for it.
 */
export function headerEnd(bytes: Uint8Array, fileBytes: number): number {
  return LENGTH_BYTES + headerLength(bytes, fileBytes);
}

function headerLength(bytes: Uint8Array, fileBytes: number): number {
  if (bytes.byteLength < LENGTH_BYTES) {
    throw new EfficientNetError("wrong-file", "the file is too short for a safetensors header", {
      expected: `at least ${LENGTH_BYTES} bytes`,
      received: `${bytes.byteLength} bytes`,
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const available = Math.min(MAX_HEADER_BYTES, fileBytes - LENGTH_BYTES);
  if (length > available) {
    throw new EfficientNetError("wrong-file", "the safetensors header is longer than the file or the format allows", {
      expected: `at most ${available} bytes`,
      received: `${length} bytes`,
      hint: "the download may be incomplete",
    });
  }
  return Number(length);
}

function checkCoverage(entries: readonly HeaderEntry[], dataBytes: number): void {
  let covered = 0;
  for (const { name, begin, end } of [...entries].sort((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (begin !== covered) {
      throw new EfficientNetError(
        "wrong-file",
        `tensor ${JSON.stringify(name.slice(0, 200))} ${begin < covered ? "overlaps" : "leaves a hole after"} the one before`,
        {
          expected: `data from byte ${covered}`,
          received: `data from byte ${begin}`,
        },
      );
    }
    covered = end;
  }
  if (covered !== dataBytes) {
    throw new EfficientNetError(
      "wrong-file",
      `the file has ${covered > dataBytes ? "fewer" : "more"} bytes than its tensors need`,
      {
        expected: `${covered} bytes of data`,
        received: `${dataBytes} bytes`,
        ...(covered > dataBytes ? { hint: "the download may be incomplete" } : {}),
      },
    );
  }
}
