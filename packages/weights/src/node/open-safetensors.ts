import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { decodeFloats } from "../dtype.js";
import { headerEnd, LENGTH_BYTES, readHeader, safetensorsCheckpoint } from "../safetensors/read-safetensors.js";

/**
 * Opens a safetensors file without reading more than its header. Each tensor is read from disk when it is asked for,
 * so that a net on its way to the device never stands in memory twice. The file must stay as it is meanwhile; one that
 * is shortened is noticed when a tensor is read. Returns null when the file is no safetensors file.
 *
 * @throws `wrong-file` for a damaged header; what `node:fs` throws when the file cannot be read.
 */
export function openSafetensors(path: string): Checkpoint | null {
  const fileBytes = withFile(path, (file) => fstatSync(file).size);
  const start = readRange(path, 0, Math.min(LENGTH_BYTES + 1, fileBytes));
  if (start[LENGTH_BYTES] !== 0x7b) return null;
  const header = readHeader(readRange(path, 0, headerEnd(start, fileBytes)), fileBytes);
  return safetensorsCheckpoint(header, ({ dtype, shape, begin, end }) => ({
    dtype,
    shape,
    read: () => decodeFloats(dtype, readRange(path, header.dataStart + begin, end - begin)),
  }));
}

function readRange(path: string, position: number, length: number): Uint8Array {
  return withFile(path, (file) => {
    const bytes = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      const count = readSync(file, bytes, filled, length - filled, position + filled);
      if (count === 0) break;
      filled += count;
    }
    if (filled === length) return bytes;
    throw new EfficientNetError("wrong-file", `${path} became shorter while it was read`, {
      expected: `${position + length} bytes`,
      received: `${position + filled} bytes`,
    });
  });
}

/** A descriptor that is held open would have to be closed by somebody; opening again costs microseconds. */
function withFile<T>(path: string, use: (file: number) => T): T {
  const file = openSync(path, "r");
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}
