import { EfficientNetError } from "@efficientnet/errors";
import { checkPath } from "./check-path.js";
import type { Directory } from "./end-record.js";
import { badZip, quote, type ZipBytes } from "./zip-bytes.js";
import { widen } from "./zip64-extra.js";

const CENTRAL = 0x02014b50;
const CENTRAL_BYTES = 46;
const STORED = 0;
const DEFLATED = 8;
/** Flag bits 0, 6 and 13: encrypted, strongly encrypted, encrypted directory. */
const ENCRYPTED = 0x2041;
/** Flag bit 3: sizes and checksum follow the data. */
export const SIZES_FOLLOW = 0x0008;

/** One entry as the central directory describes it. */
export interface CentralEntry {
  readonly name: string;
  readonly flags: number;
  readonly method: "stored" | "deflated";
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  readonly localOffset: number;
}

/**
 * Every entry of the directory, in its order.
 *
 * @throws `wrong-file`, or `unsupported` for encryption and other compression than deflate.
 */
export function readDirectory(file: ZipBytes, { offset, size, entries }: Directory): readonly CentralEntry[] {
  if (entries * CENTRAL_BYTES > size) {
    throw badZip("the zip file's directory is too small for its entries", {
      expected: `at least ${entries * CENTRAL_BYTES} bytes for ${entries} entries`,
      received: `${size} bytes`,
    });
  }
  const found: CentralEntry[] = [];
  const end = offset + size;
  let at = offset;
  while (found.length < entries) {
    if (at + CENTRAL_BYTES > end || file.u32(at) !== CENTRAL) {
      throw badZip(`entry ${found.length} of the zip file's directory is damaged`);
    }
    const extra = at + CENTRAL_BYTES + file.u16(at + 28);
    const comment = extra + file.u16(at + 30);
    const next = comment + file.u16(at + 32);
    if (next > end) throw badZip(`entry ${found.length} of the zip file's directory runs past its end`);
    found.push(readEntry(file, at, [extra, comment]));
    at = next;
  }
  if (at !== end) throw badZip("the zip file's directory has bytes left over", { received: `${end - at} bytes` });
  return found;
}

function readEntry(file: ZipBytes, at: number, extra: readonly [number, number]): CentralEntry {
  const name = decodeName(file.bytes.subarray(at + CENTRAL_BYTES, extra[0]));
  checkPath(name);
  const flags = file.u16(at + 8);
  if (flags & ENCRYPTED) throw new EfficientNetError("unsupported", `zip entry ${quote(name)} is encrypted`);
  if (file.u16(at + 34) !== 0)
    throw new EfficientNetError("unsupported", `zip entry ${quote(name)} is on another disk`);
  const [size = 0, compressedSize = 0, localOffset = 0] = widen(file, name, extra, [
    file.u32(at + 24),
    file.u32(at + 20),
    file.u32(at + 42),
  ]);
  const method = methodOf(name, file.u16(at + 10));
  return { name, flags, method, crc: file.u32(at + 16), compressedSize, size, localOffset };
}

function methodOf(name: string, method: number): CentralEntry["method"] {
  if (method === STORED) return "stored";
  if (method === DEFLATED) return "deflated";
  throw new EfficientNetError("unsupported", `zip entry ${quote(name)} is compressed by method ${method}`, {
    expected: `stored (${STORED}) or deflated (${DEFLATED})`,
  });
}

/** Writers of checkpoints use UTF-8, with or without the flag that says so. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw badZip("the zip file has a name that is not UTF-8", { cause });
  }
}
