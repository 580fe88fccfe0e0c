import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, StoredTensor } from "../checkpoint.js";
import { type NestedTensors, openWrappers } from "../open-wrappers.js";
import { describeValue, type PickleDict, type PickleTensor, type PickleValue } from "./pickle-value.js";
import { isKind } from "./rebuild-tensor.js";

const MAX_DEPTH = 16;
/** One dict may be mentioned many times, which would let a short pickle stand for endless names. */
const MAX_NODES = 1 << 18;

type ToTensor = (tensor: PickleTensor) => StoredTensor;

/**
 * The tensors of a pickle by name; everything else in it is dropped.
 *
 * @throws `wrong-file` when there are none, or when dicts are nested without end.
 */
export function namedTensors(root: PickleValue, toTensor: ToTensor): Checkpoint {
  if (!isKind(root, "dict")) throw noTensors(root);
  const { tensors, metadata } = openWrappers(nest(root, toTensor, { nodes: 0 }, 0));
  if (tensors.size === 0) throw noTensors(root);
  return { format: "pytorch", tensors, metadata };
}

function nest(dict: PickleDict, toTensor: ToTensor, budget: { nodes: number }, depth: number): NestedTensors {
  budget.nodes += dict.entries.size;
  if (depth > MAX_DEPTH || budget.nodes > MAX_NODES) {
    throw new EfficientNetError("wrong-file", "the pickle nests dicts without end", {
      expected: `at most ${MAX_DEPTH} levels and ${MAX_NODES} entries`,
    });
  }
  const nested = new Map<string, StoredTensor | NestedTensors>();
  for (const [key, value] of dict.entries) {
    // Only names lead to weights: optimisers number theirs.
    if (typeof key !== "string") continue;
    if (isKind(value, "tensor")) nested.set(key, toTensor(value));
    if (!isKind(value, "dict")) continue;
    const inner = nest(value, toTensor, budget, depth + 1);
    if (inner.size > 0) nested.set(key, inner);
  }
  return nested;
}

function noTensors(value: PickleValue): EfficientNetError {
  return new EfficientNetError("wrong-file", "the PyTorch file has no named tensors", {
    expected: "a state dict, or a training checkpoint with one in it",
    received: describeValue(value),
    hint: "save model.state_dict()",
  });
}
