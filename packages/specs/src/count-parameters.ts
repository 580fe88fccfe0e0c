import { countOperations } from "./count-operations.js";
import type { OperationKind } from "./operations.js";
import { type TensorShape, tensorShapes } from "./tensor-shapes.js";
import type { ArchitectureSpec } from "./types.js";

/** How many parameters a network has, and of which kind. */
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
  const shapes = tensorShapes(spec);
  const total = elementsOf(shapes);
  const trainable = elementsOf(shapes.filter(isTrainable));
  const norm = elementsOf(shapes.filter(({ role }) => role === "gamma" || role === "beta"));
  const byKind = { ...countOperations(spec, 1, "weights").byKind, norm };
  return { trainable, buffers: total - trainable, total, byKind };
}

/** Running statistics are the tensors that training does not change by gradient. */
export function isTrainable({ role }: TensorShape): boolean {
  return role !== "mean" && role !== "variance";
}

/** Elements of all these tensors together. */
export function elementsOf(shapes: readonly TensorShape[]): number {
  return shapes.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}
