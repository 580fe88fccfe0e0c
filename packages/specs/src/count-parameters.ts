import { countOperations } from "./count-operations.js";
import type { OperationKind } from "./operations.js";
import { tensorShapes } from "./tensor-shapes.js";
import type { ArchitectureSpec } from "./types.js";

export interface ParameterCount {
  /** What training changes: kernels, biases, gamma and beta. */
  readonly trainable: number;
  /** Running mean and variance. */
  readonly buffers: number;
  readonly total: number;
  /** Trainable parameters by what they belong to, gamma and beta apart; 0 where the network has none of a kind. */
  readonly byKind: Readonly<Record<OperationKind | "norm", number>>;
}

/** Parameters of a network. The papers count the trainable ones, with a classifier of 1000 classes. */
export function countParameters(spec: ArchitectureSpec): ParameterCount {
  const tensors = { norm: 0, buffers: 0, weights: 0 };
  for (const { role, shape } of tensorShapes(spec)) {
    const size = shape.reduce((product, side) => product * side, 1);
    if (role === "mean" || role === "variance") tensors.buffers += size;
    else if (role === "gamma" || role === "beta") tensors.norm += size;
    else tensors.weights += size;
  }
  const trainable = tensors.weights + tensors.norm;
  return {
    trainable,
    buffers: tensors.buffers,
    total: trainable + tensors.buffers,
    byKind: { ...countOperations(spec, 1, "weights").byKind, norm: tensors.norm },
  };
}
