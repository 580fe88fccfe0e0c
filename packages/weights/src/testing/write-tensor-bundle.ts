import { crc32c, maskCrc } from "../tensorflow/crc32c.js";

const ascii = (text: string) => [...new TextEncoder().encode(text)];

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}

const uint32 = (value: number) => [value & 255, (value >>> 8) & 255, (value >>> 16) & 255, (value >>> 24) & 255];
const bytesField = (number: number, bytes: readonly number[]) => [number * 8 + 2, ...varint(bytes.length), ...bytes];
const numberField = (number: number, value: number) => [number * 8, ...varint(value)];

/** One block with its trailer; keys are prefix-compressed as LevelDB does. */
function block(entries: readonly (readonly [string, readonly number[]])[], compression = 0): number[] {
  let last: number[] = [];
  const body = entries.flatMap(([key, value]) => {
    const bytes = ascii(key);
    let shared = 0;
    while (shared < Math.min(last.length, bytes.length) && last[shared] === bytes[shared]) shared++;
    last = bytes;
    const own = bytes.slice(shared);
    return [...varint(shared), ...varint(own.length), ...varint(value.length), ...own, ...value];
  });
  const content = [...body, ...uint32(0), ...uint32(1), compression];
  return [...content, ...uint32(maskCrc(crc32c(Uint8Array.from(content))))];
}

/** A sorted table of one data block, which the index may name several times. */
export function writeTable(
  entries: readonly (readonly [string, readonly number[]])[],
  compression = 0,
  times = 1,
): Uint8Array {
  const data = block(entries, compression);
  const index = block(Array.from({ length: times }, () => ["~", [...varint(0), ...varint(data.length - 5)]] as const));
  const handles = [...varint(0), ...varint(0), ...varint(data.length), ...varint(index.length - 5)];
  const footer = [...handles, ...new Array<number>(40 - handles.length).fill(0)];
  return Uint8Array.from([...data, ...index, ...footer, 0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb]);
}

export interface BundleTensor {
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly dtype?: number;
  readonly shard?: number;
  readonly offset?: number;
  readonly extra?: readonly number[];
}

/** The index of a tensor bundle; the caller lays the data out. */
export function writeBundleIndex(
  tensors: Readonly<Record<string, BundleTensor>>,
  { shards = 1, bigEndian = false, compression = 0 } = {},
): Uint8Array {
  const header = [...numberField(1, shards), ...(bigEndian ? numberField(2, 1) : [])];
  const entries = Object.entries(tensors).map(
    ([name, { shape, bytes, dtype = 1, shard = 0, offset = 0, extra = [] }]) => {
      const dims = shape.flatMap((size) => bytesField(2, numberField(1, size)));
      const crc = [6 * 8 + 5, ...uint32(maskCrc(crc32c(bytes)))];
      const value = [
        ...numberField(1, dtype),
        ...bytesField(2, dims),
        ...numberField(3, shard),
        ...numberField(4, offset),
        ...numberField(5, bytes.length),
        ...crc,
        ...extra,
      ];
      return [name, value] as const;
    },
  );
  return writeTable([["", header], ...entries], compression);
}
