import { EfficientNetError } from "@efficientnet/errors";
import type { DType } from "../dtype.js";

/** `torch.FloatStorage`, `torch.cuda.HalfStorage`: the part that tells the element type. */
const TYPED_STORAGE = /^torch\.(?:cuda\.)?(\w+)Storage$/;
const UNTYPED_STORAGE = /^torch\.(?:storage\.)?(?:_)?UntypedStorage$/;

const STORAGES: ReadonlyMap<string, DType> = new Map([
  ["Float", "F32"],
  ["Double", "F64"],
  ["Half", "F16"],
  ["BFloat16", "BF16"],
  ["Long", "I64"],
  ["Int", "I32"],
  ["Short", "I16"],
  ["Char", "I8"],
  ["Byte", "U8"],
  ["Bool", "BOOL"],
]);

const DTYPES: ReadonlyMap<string, DType> = new Map([
  ["torch.float32", "F32"],
  ["torch.float64", "F64"],
  ["torch.float16", "F16"],
  ["torch.bfloat16", "BF16"],
  ["torch.int64", "I64"],
  ["torch.int32", "I32"],
  ["torch.int16", "I16"],
  ["torch.int8", "I8"],
  ["torch.uint64", "U64"],
  ["torch.uint32", "U32"],
  ["torch.uint16", "U16"],
  ["torch.uint8", "U8"],
  ["torch.bool", "BOOL"],
]);

/**
 * Element type of a storage class, null for untyped bytes, undefined for what is no storage class.
 *
 * @throws `unsupported` for storages of complex or quantised numbers.
 */
export function storageType(name: string): DType | null | undefined {
  if (UNTYPED_STORAGE.test(name)) return null;
  const element = TYPED_STORAGE.exec(name)?.[1];
  if (element === undefined) return undefined;
  const dtype = STORAGES.get(element);
  if (dtype !== undefined) return dtype;
  throw unsupported(
    name,
    [...STORAGES.keys()].map((known) => `torch.${known}Storage`),
  );
}

/** @throws `unsupported` for complex, quantised and 8-bit floating-point numbers. */
export function elementType(name: string): DType {
  const dtype = DTYPES.get(name);
  if (dtype === undefined) throw unsupported(name, [...DTYPES.keys()]);
  return dtype;
}

function unsupported(name: string, known: readonly string[]): EfficientNetError {
  return new EfficientNetError("unsupported", `the file has tensors of ${name.slice(0, 100)}`, {
    expected: known.join(", "),
  });
}
