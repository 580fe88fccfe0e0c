import { badHdf5 } from "./hdf5-error.js";

/** Widths of addresses and of lengths, which each file chooses. */
export interface FieldSizes {
  readonly offset: number;
  readonly length: number;
}

/** Little-endian fields one after the other, never past the end of the bytes given. */
export class Fields {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sizes: FieldSizes;
  readonly #what: string;
  #at = 0;

  constructor(bytes: Uint8Array, sizes: FieldSizes, what: string) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#sizes = sizes;
    this.#what = what;
  }

  get left(): number {
    return this.#bytes.byteLength - this.#at;
  }

  u8(): number {
    return this.#view.getUint8(this.#advance(1));
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  /** An unsigned number of any width. Past 2^53 it stays larger than any file, and so fails a bounds check. */
  unsigned(size: number): number {
    return this.take(size).reduceRight((value, byte) => value * 256 + byte, 0);
  }

  length(): number {
    return this.unsigned(this.#sizes.length);
  }

  /** An address, or null where the file says that there is none (all bits set). */
  address(): number | null {
    const start = this.#advance(this.#sizes.offset);
    const field = this.#bytes.subarray(start, this.#at);
    if (field.every((byte) => byte === 0xff)) return null;
    return new Fields(field, this.#sizes, this.#what).unsigned(this.#sizes.offset);
  }

  take(length: number): Uint8Array {
    const start = this.#advance(length);
    return this.#bytes.subarray(start, this.#at);
  }

  skip(length: number): void {
    this.#advance(length);
  }

  /** Fields over the next bytes alone. */
  sub(length: number, what = this.#what): Fields {
    return new Fields(this.take(length), this.#sizes, what);
  }

  expectSignature(signature: string): void {
    const found = String.fromCharCode(...this.take(signature.length));
    if (found !== signature) {
      throw badHdf5(`the HDF5 file has no ${this.#what} where it says it has one`, {
        expected: signature,
        received: JSON.stringify(found),
      });
    }
  }

  #advance(length: number): number {
    const start = this.#at;
    if (!(length <= this.left)) {
      throw badHdf5(`the HDF5 file's ${this.#what} runs past its end`, {
        expected: `${length} bytes`,
        received: `${this.left} bytes`,
        hint: "the download may be incomplete",
      });
    }
    this.#at += length;
    return start;
  }
}
