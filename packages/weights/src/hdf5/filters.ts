import { unzlibSync } from "fflate";
import { type FieldSizes, Fields } from "./fields.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const CHECKSUM_BYTES = 4;

/** The filters of a dataset in the order in which they were applied. */
export type Filters = readonly number[];

/**
 * Source: HDF5 File Format Specification 3.0, IV.A.2.l.
 *
 * @throws `unsupported` for others than deflate, shuffle and fletcher32.
 */
export function readFilters(body: Uint8Array, sizes: FieldSizes): Filters {
  const fields = new Fields(body, sizes, "filter");
  const version = fields.u8();
  const count = fields.u8();
  if (version === 1) fields.skip(6);
  return Array.from({ length: count }, () => {
    const id = fields.u16();
    const nameLength = version === 1 || id >= 256 ? fields.u16() : 0;
    fields.skip(2);
    const values = fields.u16();
    fields.skip(version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength);
    fields.skip(4 * values + (version === 1 && values % 2 === 1 ? 4 : 0));
    if (![DEFLATE, SHUFFLE, FLETCHER32].includes(id)) throw unservedHdf5(`an array filtered by method ${id}`);
    return id;
  });
}

/** A chunk as it was before its filters; those whose bit is set in `mask` were left out. */
export function undoFilters(
  filters: Filters,
  mask: number,
  stored: Uint8Array,
  size: number,
  element: number,
): Uint8Array {
  const applied = filters.filter((_, position) => (mask & (1 << position)) === 0);
  let bytes = stored;
  for (const [position, filter] of [...applied.entries()].reverse()) {
    const checksums = applied.slice(0, position).filter((earlier) => earlier === FLETCHER32).length;
    if (filter === DEFLATE) bytes = inflate(bytes, size + checksums * CHECKSUM_BYTES);
    else if (filter === SHUFFLE) bytes = unshuffle(bytes, element);
    else bytes = bytes.subarray(0, -CHECKSUM_BYTES);
  }
  if (bytes.byteLength !== size) {
    throw badHdf5("a chunk of the HDF5 file has another size than its array says", {
      expected: `${size} bytes`,
      received: `${bytes.byteLength} bytes`,
    });
  }
  return bytes;
}

function inflate(bytes: Uint8Array, size: number): Uint8Array {
  try {
    return unzlibSync(bytes, { out: new Uint8Array(size) });
  } catch (cause) {
    throw badHdf5("a compressed chunk of the HDF5 file is damaged", { cause });
  }
}

/** All first bytes, then all second bytes, and so on; what is left over stays at the end. */
function unshuffle(bytes: Uint8Array, element: number): Uint8Array {
  const count = Math.floor(bytes.byteLength / element);
  const plain = new Uint8Array(bytes);
  for (let part = 0; part < element; part++) {
    for (let i = 0; i < count; i++) plain[i * element + part] = bytes[part * count + i] ?? 0;
  }
  return plain;
}
