import { type FieldSizes, Fields } from "./fields.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";
import { isHdf5, SIGNATURE_BYTES } from "./is-hdf5.js";

/** Structures read of one file; the largest EfficientNet needs a tenth. Keeps any knot of references finite. */
const MAX_STRUCTURES = 500_000;

/** An open file: bounded access to its structures. */
export class Hdf5File {
  readonly bytes: Uint8Array;
  readonly sizes: FieldSizes;
  /** Global heaps read so far, by address: each is asked for many texts. */
  readonly heaps = new Map<number, ReadonlyMap<number, Uint8Array>>();
  #structures = 0;

  constructor(bytes: Uint8Array, sizes: FieldSizes) {
    this.bytes = bytes;
    this.sizes = sizes;
  }

  /** The bytes from an address, as far as `length` or the end of the file. */
  at(address: number | null, what: string, length?: number): Fields {
    this.count();
    if (address === null || address >= this.bytes.byteLength) {
      throw badHdf5(`the HDF5 file has no ${what} where it says it has one`, {
        expected: `an address below ${this.bytes.byteLength}`,
        received: `${address ?? "none"}`,
      });
    }
    const rest = new Fields(this.bytes.subarray(address), this.sizes, what);
    return length === undefined ? rest : rest.sub(length);
  }

  /** Counts structures read. */
  count(structures = 1): void {
    this.#structures += structures;
    if (this.#structures > MAX_STRUCTURES) {
      throw badHdf5("the HDF5 file has too many parts, or parts that contain themselves", {
        expected: `at most ${MAX_STRUCTURES}`,
      });
    }
  }
}

/**
 * Reads the superblock: versions 0 to 3, at the start of the file.
 *
 * Source: HDF5 File Format Specification 3.0, II.A.
 *
 * @throws `wrong-file` when the file is shorter than it says; `unsupported` for address widths other than 4 and 8.
 */
export function openHdf5(bytes: Uint8Array): { readonly file: Hdf5File; readonly root: number } {
  const unsized = new Fields(bytes, { offset: 8, length: 8 }, "superblock");
  if (!isHdf5(bytes)) throw badHdf5("the file does not begin as HDF5 files begin");
  unsized.skip(SIGNATURE_BYTES);
  const version = unsized.u8();
  if (version > 3) throw unservedHdf5(`a superblock of version ${version}`);
  const old = version < 2;
  if (old) unsized.skip(4);
  const sizes = { offset: unsized.u8(), length: unsized.u8() };
  if (![sizes.offset, sizes.length].every((size) => size === 4 || size === 8)) {
    throw unservedHdf5(`addresses of ${sizes.offset} and lengths of ${sizes.length} bytes`);
  }
  const file = new Hdf5File(bytes, sizes);
  const fields = file.at(0, "superblock");
  fields.skip(old ? (version === 0 ? 24 : 28) : 12);
  const base = fields.address();
  fields.skip(sizes.offset);
  const end = fields.address() ?? 0;
  if (old) fields.skip(2 * sizes.offset);
  const root = fields.address();
  if (base !== 0) throw unservedHdf5("addresses that do not count from its beginning");
  if (end > bytes.byteLength || root === null) {
    throw badHdf5("the HDF5 file is shorter than it says", {
      expected: `${end} bytes`,
      received: `${bytes.byteLength} bytes`,
      hint: "the download may be incomplete",
    });
  }
  return { file, root };
}
