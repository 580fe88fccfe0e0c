import type { DType } from "../dtype.js";
import { Fields } from "./fields.js";
import { unservedHdf5 } from "./hdf5-error.js";

/** What elements are: numbers of a type this reader decodes, text, or something else. */
export type Datatype =
  | { readonly kind: "number"; readonly dtype: DType }
  | { readonly kind: "fixed-string"; readonly size: number }
  | { readonly kind: "string" }
  | { readonly kind: "other" };

const SIGNED = 8;
const BIG_ENDIAN = 1;
const OTHER: Datatype = { kind: "other" };

/** Exponent bits tell float16 from bfloat16. */
const FLOATS: Readonly<Record<string, DType>> = { "8/11": "F64", "4/8": "F32", "2/5": "F16", "2/8": "BF16" };
const INTEGERS: Readonly<Record<number, readonly [unsigned: DType, signed: DType]>> = {
  1: ["U8", "I8"],
  2: ["U16", "I16"],
  4: ["U32", "I32"],
  8: ["U64", "I64"],
};

/**
 * The type of the elements of a dataset or attribute.
 *
 * Source: HDF5 File Format Specification 3.0, IV.A.2.d.
 *
 * @throws `unsupported` for big-endian numbers.
 */
export function readDatatype(body: Uint8Array): Datatype {
  const fields = new Fields(body, { offset: 8, length: 8 }, "datatype");
  const kind = fields.u8() & 0x0f;
  const bits = fields.u8();
  fields.skip(2);
  const size = fields.u32();
  if (kind === 0) {
    refuseBigEndian(bits, size);
    const dtype = INTEGERS[size]?.[bits & SIGNED ? 1 : 0];
    return dtype === undefined ? OTHER : { kind: "number", dtype };
  }
  if (kind === 1) {
    refuseBigEndian(bits, size);
    fields.skip(5);
    const dtype = FLOATS[`${size}/${fields.u8()}`];
    return dtype === undefined ? OTHER : { kind: "number", dtype };
  }
  if (kind === 3) return { kind: "fixed-string", size };
  return kind === 9 && (bits & 0x0f) === 1 ? { kind: "string" } : OTHER;
}

function refuseBigEndian(bits: number, size: number): void {
  if (bits & BIG_ENDIAN && size > 1) throw unservedHdf5("big-endian numbers");
}
