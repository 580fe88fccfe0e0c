import { deflateSync } from "fflate";
import { crc32 } from "../zip/crc32.js";

/** One entry to write; whatever is given beyond name and data replaces what would be true. */
export interface ZipPart {
  readonly name: string;
  readonly data?: Uint8Array | string;
  readonly deflate?: boolean;
  readonly zip64?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly size?: number;
  readonly disk?: number;
  readonly offset?: number;
  readonly localName?: string;
  readonly localCrc?: number;
}

const FULL = 0xffffffff;
const encode = (text: string) => new TextEncoder().encode(text);

/** A zip file, well-formed or with just the faults that the parts ask for. */
export function makeZip(parts: readonly ZipPart[], { comment = "" } = {}): Uint8Array {
  const local: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  const end = (chunks: readonly Uint8Array[]) => chunks.reduce((sum, { byteLength }) => sum + byteLength, 0);
  for (const part of parts) {
    const raw = typeof part.data === "string" ? encode(part.data) : (part.data ?? new Uint8Array());
    const data = part.deflate ? deflateSync(raw) : raw;
    const method = part.method ?? (part.deflate ? 8 : 0);
    const { flags = 0, crc = crc32(raw), size = raw.byteLength, offset = end(local) } = part;
    const wide = (value: number) => (part.zip64 ? FULL : value);
    const extra = part.zip64 ? bytes([2, 1], [2, 16], [8, size], [8, data.byteLength]) : bytes();
    const further = part.zip64 ? bytes([2, 1], [2, 24], [8, size], [8, data.byteLength], [8, offset]) : bytes();
    const fields = (checksum: number, name: Uint8Array, more: Uint8Array) =>
      bytes(
        [2, 20],
        [2, flags],
        [2, method],
        [4, 0],
        [4, checksum],
        [4, wide(data.byteLength)],
        [4, wide(size)],
        [2, name.byteLength],
        [2, more.byteLength],
      );
    const localName = encode(part.localName ?? part.name);
    local.push(bytes([4, 0x04034b50]), fields(part.localCrc ?? crc, localName, extra), localName, extra, data);
    const name = encode(part.name);
    const tail = bytes([2, 0], [2, part.disk ?? 0], [2, 0], [4, 0], [4, wide(offset)]);
    central.push(bytes([4, 0x02014b50], [2, 20]), fields(crc, name, further), tail, name, further);
  }
  const [offset, size] = [end(local), end(central)];
  const counts = [parts.length, parts.length] as const;
  const zip64 = parts.some((part) => part.zip64)
    ? [
        bytes(
          [4, 0x06064b50],
          [8, 44],
          [2, 45],
          [2, 45],
          [4, 0],
          [4, 0],
          [8, counts[0]],
          [8, counts[1]],
          [8, size],
          [8, offset],
        ),
        bytes([4, 0x07064b50], [4, 0], [8, offset + size], [4, 1]),
      ]
    : [];
  const plain = bytes(
    [4, 0x06054b50],
    [4, 0],
    [2, counts[0]],
    [2, counts[1]],
    [4, size],
    [4, offset],
    [2, comment.length],
  );
  return join([...local, ...central, ...zip64, plain, encode(comment)]);
}

/** Little-endian numbers of 2, 4 or 8 bytes. */
export function bytes(...numbers: readonly (readonly [width: number, value: number])[]): Uint8Array {
  return Uint8Array.from(
    numbers.flatMap(([width, value]) =>
      Array.from({ length: width }, (_, index) => Number((BigInt(value) >> BigInt(8 * index)) & 0xffn)),
    ),
  );
}

export function join(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}
