import { formatShape } from "@efficientnet/errors";
import type { StoredTensor } from "../checkpoint.js";
import { BYTES_PER_ELEMENT, decodeFloats } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { storedTensor } from "../stored-tensor.js";
import { chunkedBytes } from "./chunks.js";
import { readDataspace } from "./dataspace.js";
import { readDatatype } from "./datatype.js";
import { Fields } from "./fields.js";
import { readFilters } from "./filters.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";
import { MESSAGE, type ObjectHeader } from "./object-header.js";

const COMPACT = 0;
const CONTIGUOUS = 1;
const CHUNKED = 2;

/**
 * The array of a dataset, checked against the file but read only when asked for; null for an object without data and
 * for text and other things that are no numbers.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2.i.
 */
export function readDataset(file: Hdf5File, header: ObjectHeader): StoredTensor | null {
  const [space, type, layout] = [MESSAGE.dataspace, MESSAGE.datatype, MESSAGE.layout].map(header.find);
  if (space === undefined || type === undefined || layout === undefined) return null;
  const shape = readDataspace(space, file.sizes);
  const datatype = readDatatype(type);
  if (shape === null || datatype.kind !== "number") return null;
  const { dtype } = datatype;
  const element = BYTES_PER_ELEMENT[dtype];
  const elements = elementCount(shape);
  if (elements === null) throw badHdf5(`the HDF5 file has an array of shape ${formatShape(shape)}, too large to count`);
  const bytes = elements * element;

  const fields = new Fields(layout, file.sizes, "layout");
  const version = fields.u8();
  if (version !== 3 && version !== 4) throw unservedHdf5(`an array laid out by version ${version}`);
  const kind = fields.u8();
  if (kind === CHUNKED && version === 3) {
    const rank = fields.u8() - 1;
    const tree = fields.address();
    const chunk = Array.from({ length: Math.max(rank, 0) }, () => fields.u32());
    if (rank < 1 || rank !== shape.length || chunk.includes(0) || fields.u32() !== element) {
      throw badHdf5(`the HDF5 file has an array of shape ${formatShape(shape)} in chunks of ${formatShape(chunk)}`);
    }
    const filters = header.find(MESSAGE.filters);
    const read = chunkedBytes(
      file,
      tree,
      { shape, chunk, element },
      filters === undefined ? [] : readFilters(filters, file.sizes),
    );
    return { dtype, shape, read: () => decodeFloats(dtype, read()) };
  }
  if (kind === COMPACT) return storedTensor(dtype, shape, exactly(fields.take(fields.u16()), bytes, shape));
  if (kind !== CONTIGUOUS) throw unservedHdf5(`an array laid out by version ${version} kind ${kind}`);
  const address = fields.address();
  if (bytes === 0) return storedTensor(dtype, shape, new Uint8Array());
  const length = fields.length();
  return storedTensor(dtype, shape, exactly(file.at(address, "array", length).take(length), bytes, shape));
}

function exactly(data: Uint8Array, bytes: number, shape: readonly number[]): Uint8Array {
  if (data.byteLength === bytes) return data;
  throw badHdf5(`the HDF5 file has an array of shape ${formatShape(shape)} with too much or too little data`, {
    expected: `${bytes} bytes`,
    received: `${data.byteLength} bytes`,
  });
}
