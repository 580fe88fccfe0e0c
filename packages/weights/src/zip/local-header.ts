import { type CentralEntry, decodeName, SIZES_FOLLOW } from "./central-directory.js";
import { badZip, quote, type ZipBytes } from "./zip-bytes.js";
import { widen } from "./zip64-extra.js";

const LOCAL = 0x04034b50;
const LOCAL_BYTES = 30;
const METHODS: Readonly<Record<CentralEntry["method"], number>> = { stored: 0, deflated: 8 };

/** Bytes an entry takes in the file, header included. */
export interface Extent {
  readonly entry: CentralEntry;
  readonly data: number;
  readonly end: number;
}

/**
 * Where the data of an entry lies. Its own header must tell what the directory tells: readers that believe one of two
 * see another file than readers that believe the other.
 *
 * @throws `wrong-file` when they differ, or when the data runs into the directory.
 */
export function locate(file: ZipBytes, entry: CentralEntry, directoryOffset: number): Extent {
  const at = entry.localOffset;
  if (at + LOCAL_BYTES > directoryOffset || file.u32(at) !== LOCAL) {
    throw badZip(`zip entry ${quote(entry.name)} has no header at byte ${at}`);
  }
  const extra = at + LOCAL_BYTES + file.u16(at + 26);
  const data = extra + file.u16(at + 28);
  const end = data + entry.compressedSize;
  if (end > directoryOffset) {
    throw badZip(`zip entry ${quote(entry.name)} runs past the data of the file`, {
      expected: `an end at byte ${directoryOffset} or before`,
      received: `byte ${end}`,
    });
  }
  for (const [field, local, central] of compare(file, entry, [extra, data])) {
    if (local === central) continue;
    throw badZip(`zip entry ${quote(entry.name)} has two different ${field}s`, {
      expected: `${typeof central === "string" ? quote(central) : central}, as in the directory`,
      received: typeof local === "string" ? quote(local) : `${local}`,
    });
  }
  return { entry, data, end };
}

type Comparison = readonly [field: string, local: string | number, central: string | number];

function compare(file: ZipBytes, entry: CentralEntry, extra: readonly [number, number]): readonly Comparison[] {
  const at = entry.localOffset;
  const [size = 0, compressedSize = 0] = widen(file, entry.name, extra, [file.u32(at + 22), file.u32(at + 18)]);
  const told: readonly Comparison[] = [
    ["name", decodeName(file.bytes.subarray(at + LOCAL_BYTES, extra[0])), entry.name],
    ["flag", file.u16(at + 6), entry.flags],
    ["compression method", file.u16(at + 8), METHODS[entry.method]],
  ];
  const sizes: readonly Comparison[] = [
    ["checksum", file.u32(at + 14), entry.crc],
    ["compressed size", compressedSize, entry.compressedSize],
    ["size", size, entry.size],
  ];
  // Writers that stream leave these three at zero.
  const later = entry.flags & SIZES_FOLLOW ? sizes.filter(([, local]) => local !== 0) : sizes;
  return [...told, ...later];
}
