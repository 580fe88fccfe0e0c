import { EfficientNetError, formatShape } from "@efficientnet/errors";
import { BYTES_PER_ELEMENT, type DType } from "../dtype.js";
import { elementCount } from "../element-count.js";
import { elementType } from "./element-types.js";
import { wrongType } from "./pickle-machine.js";
import type { PickleStorage, PickleTensor, PickleValue } from "./pickle-value.js";

const MAX_RANK = 32;

/** `_rebuild_tensor(storage, offset, size, stride)`; version 2 adds what only training needs. */
export function rebuildTensor([storage = null, offset = null, size = null, stride = null]: readonly PickleValue[]) {
  const own = requireStorage(storage);
  if (own.dtype === null) throw wrongType("make a tensor of untyped bytes", "an element type", null);
  return tensorOver(own, own.dtype, offset, size, stride);
}

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)`: untyped storage. */
export function rebuildTensorV3([
  storage = null,
  offset = null,
  size = null,
  stride = null,
  ,
  ,
  dtype = null,
]: readonly PickleValue[]) {
  if (!isKind(dtype, "global")) throw wrongType("make a tensor", "an element type", dtype);
  return tensorOver(requireStorage(storage), elementType(dtype.name), offset, size, stride);
}

/** Parameters are their tensor. */
export function rebuildParameter([data = null]: readonly PickleValue[]): PickleTensor {
  if (isKind(data, "tensor")) return data;
  throw wrongType("make a parameter", "a tensor", data);
}

function requireStorage(value: PickleValue): PickleStorage {
  if (isKind(value, "storage")) return value;
  throw wrongType("make a tensor", "a storage", value);
}

/** A view must stay inside its storage, and may not repeat it: a few bytes could then stand for any amount of memory. */
function tensorOver(
  storage: PickleStorage,
  dtype: DType,
  offset: PickleValue,
  size: PickleValue,
  stride: PickleValue,
): PickleTensor {
  const start = requireCount(offset);
  const [shape, strides] = [requireCounts(size), requireCounts(stride)];
  if (shape.length !== strides.length) throw wrongType("make a tensor", "as many strides as axes", stride);
  const count = elementCount(shape);
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * (strides[axis] ?? 0), start);
  const available = storage.dtype === null ? storage.length / BYTES_PER_ELEMENT[dtype] : storage.length;
  if (count === null || count > available || (count > 0 && last >= available)) {
    throw new EfficientNetError("wrong-file", `a tensor of shape ${formatShape(shape)} does not fit its storage`, {
      expected: `at most ${Math.floor(available)} elements`,
      received: `strides ${formatShape(strides)} from element ${start}`,
      hint: "expanded tensors must be saved with .contiguous()",
    });
  }
  return { kind: "tensor", storage, dtype, offset: start, shape, strides };
}

function requireCounts(value: PickleValue): readonly number[] {
  if (isKind(value, "tuple") && value.items.length <= MAX_RANK) return value.items.map(requireCount);
  throw wrongType("make a tensor", `a tuple of at most ${MAX_RANK} sizes`, value);
}

export function requireCount(value: PickleValue): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrongType("make a tensor", "a count", value);
}

export function isKind<K extends Exclude<PickleValue, null | boolean | number | bigint | string>["kind"]>(
  value: PickleValue,
  kind: K,
): value is Extract<PickleValue, { readonly kind: K }> {
  return typeof value === "object" && value !== null && value.kind === kind;
}
