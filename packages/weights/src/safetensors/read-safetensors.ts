import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { storedTensor } from "../stored-tensor.js";
import { type HeaderEntry, parseHeader } from "./parse-header.js";

/** Bytes of the length field in front of the header. */
export const LENGTH_BYTES = 8;
/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads a safetensors file: 8 bytes of header length, a JSON header, the data. Tensors are views of `bytes`.
 *
 * Strict: the header must be an object without repeated keys, and the tensors must cover the data exactly, without
 * holes, overlaps or bytes left over.
 *
 * @throws `wrong-file` for anything else, before any tensor is read.
 */
export function readSafetensors(bytes: Uint8Array): Checkpoint {
  const headerEnd = LENGTH_BYTES + headerLength(bytes);
  if (bytes[LENGTH_BYTES] !== 0x7b) {
    throw new EfficientNetError("wrong-file", "the safetensors header does not begin with {");
  }
  const { entries, metadata } = parseHeader(bytes.subarray(LENGTH_BYTES, headerEnd));
  const data = bytes.subarray(headerEnd);
  checkCoverage(entries, data.byteLength);
  const tensors = new Map(
    entries.map(({ name, dtype, shape, begin, end }) => [name, storedTensor(dtype, shape, data.subarray(begin, end))]),
  );
  return { format: "safetensors", tensors, metadata };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.byteLength < LENGTH_BYTES) {
    throw new EfficientNetError("wrong-file", "the file is too short for a safetensors header", {
      expected: `at least ${LENGTH_BYTES} bytes`,
      received: `${bytes.byteLength} bytes`,
    });
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  const available = Math.min(MAX_HEADER_BYTES, bytes.byteLength - LENGTH_BYTES);
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
