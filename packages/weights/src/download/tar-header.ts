import { EfficientNetError } from "@efficientnet/errors";

/** Headers and the padding of contents are multiples of it. */
export const TAR_BLOCK = 512;

/** The 512 bytes in front of a member. */
export interface TarHeader {
  readonly name: string;
  readonly size: number;
  /** One character; `0` and the zero byte are plain files. */
  readonly type: string;
}

/**
 * Reads a header (POSIX ustar, with GNU's large sizes), or null for the block of zeros at the end.
 *
 * @throws `wrong-file` where the checksum does not agree or the size is no number.
 */
export function parseTarHeader(block: Uint8Array): TarHeader | null {
  if (block.every((byte) => byte === 0)) return null;
  const stated = octal(block.subarray(148, 156));
  const sum = block.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  const size = (block[124]! & 0x80) === 0 ? octal(block.subarray(124, 136)) : large(block.subarray(124, 136));
  if (sum !== stated || size === null) {
    throw new EfficientNetError("wrong-file", "the archive is no tar file, or is damaged", {
      expected: `a header with checksum ${sum}`,
      received: stated === null ? "no checksum" : `checksum ${stated}`,
    });
  }
  const prefix = text(block.subarray(257, 262)) === "ustar" ? text(block.subarray(345, 500)) : "";
  const name = text(block.subarray(0, 100));
  return { name: prefix === "" ? name : `${prefix}/${name}`, size, type: String.fromCharCode(block[156] || 0x30) };
}

/** `path` and `size` of a pax extended header: records of `LENGTH KEY=VALUE` and a line feed. */
export function parsePaxRecords(content: Uint8Array): Partial<Pick<TarHeader, "name" | "size">> {
  const found: { name?: string; size?: number } = {};
  for (let at = 0; at < content.byteLength; ) {
    const length = Number(/^(\d{1,7}) /.exec(text(content.subarray(at, at + 8)))?.[1]);
    if (!(length > 0)) break;
    const [, key, value = ""] = /^\d+ ([^=]+)=(.*)\n$/s.exec(text(content.subarray(at, at + length))) ?? [];
    if (key === "path") found.name = value;
    if (key === "size" && /^\d{1,15}$/.test(value)) found.size = Number(value);
    at += length;
  }
  return found;
}

/** Text up to the first zero byte. */
export function text(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function octal(field: Uint8Array): number | null {
  const digits = text(field).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : null;
}

/** GNU: sizes of 8 GiB and more are binary, big-endian, marked by the first bit. */
function large(field: Uint8Array): number | null {
  const value = field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? value : null;
}
