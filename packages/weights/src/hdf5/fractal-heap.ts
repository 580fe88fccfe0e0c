import { bytesFor } from "./bytes-for.js";
import type { Fields } from "./fields.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";

/** Bits 4 and 5 of an id: where its object lies. */
const KIND = 0x30;
const MANAGED = 0;

/** How a heap doubles its blocks, row by row. */
interface Table {
  readonly width: number;
  /** Bytes of a block in the first row. */
  readonly start: number;
  readonly largestDirect: number;
  readonly offsetBytes: number;
}

/**
 * A heap that finds objects by their ids.
 *
 * Source: HDF5 File Format Specification 3.0, III.G.
 *
 * @throws `unsupported` for compressed heaps and objects kept outside of their blocks.
 */
export function readHeap(file: Hdf5File, address: number): (id: Fields) => Uint8Array {
  const fields = file.at(address, "heap");
  fields.expectSignature("FRHP");
  fields.skip(3);
  const filters = fields.u16();
  if (filters > 0) throw unservedHdf5("a compressed heap");
  fields.skip(1);
  const largestObject = fields.u32();
  fields.skip(10 * file.sizes.length + 2 * file.sizes.offset);
  const width = fields.u16();
  const [start, largestDirect] = [fields.length(), fields.length()];
  const offsetBytes = Math.ceil(fields.u16() / 8);
  fields.skip(2);
  const root = fields.address();
  const rows = fields.u16();
  const powers = [start, largestDirect].every((size) => size > 0 && Number.isInteger(Math.log2(size)));
  if (!powers || width === 0 || offsetBytes > 8) throw badHdf5("the HDF5 file has a damaged heap");
  const table = { width, start, largestDirect, offsetBytes };
  const lengthBytes = Math.min(Math.ceil(Math.log2(largestDirect) / 8), bytesFor(largestObject));
  return (id) => {
    const kind = id.u8() & KIND;
    if (kind !== MANAGED) throw unservedHdf5("a link of unusual length");
    const offset = id.unsigned(offsetBytes);
    const length = id.unsigned(lengthBytes);
    const [block, within] = rows === 0 ? [root, offset] : findBlock(file, table, root, rows, offset);
    return file.at(block === null ? null : block + within, "heap object", length).take(length);
  };
}

/** The direct block that holds an offset of the heap, and the offset in it. */
function findBlock(
  file: Hdf5File,
  table: Table,
  address: number | null,
  rows: number,
  offset: number,
): readonly [block: number | null, within: number] {
  const { width, start, largestDirect, offsetBytes } = table;
  const row = offset < start * width ? 0 : Math.floor(Math.log2(offset / (start * width))) + 1;
  const size = row === 0 ? start : start * 2 ** (row - 1);
  const rowStart = row === 0 ? 0 : start * width * 2 ** (row - 1);
  if (row >= rows) throw badHdf5("the HDF5 file has a link outside of its heap");
  const column = Math.floor((offset - rowStart) / size);
  const within = offset - rowStart - column * size;
  const fields = file.at(address, "heap block");
  fields.expectSignature("FHIB");
  fields.skip(1 + file.sizes.offset + offsetBytes + (row * width + column) * file.sizes.offset);
  const block = fields.address();
  if (size <= largestDirect) return [block, within];
  return findBlock(file, table, block, Math.log2(size / (start * width)) + 1, within);
}
