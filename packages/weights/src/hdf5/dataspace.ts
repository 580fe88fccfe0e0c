import { type FieldSizes, Fields } from "./fields.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";

const NULL_SPACE = 2;
/** The format's own limit. */
const MAX_RANK = 32;

/** The shape of a dataset or attribute, or null when it holds nothing at all. */
export function readDataspace(body: Uint8Array, sizes: FieldSizes): readonly number[] | null {
  const fields = new Fields(body, sizes, "dataspace");
  const version = fields.u8();
  if (version !== 1 && version !== 2) throw unservedHdf5(`a dataspace of version ${version}`);
  const rank = fields.u8();
  if (rank > MAX_RANK) {
    throw badHdf5(`the HDF5 file has an array of ${rank} axes`, { expected: `at most ${MAX_RANK}` });
  }
  fields.skip(1);
  if (version === 1) fields.skip(5);
  else if (fields.u8() === NULL_SPACE) return null;
  return Array.from({ length: rank }, () => fields.length());
}
