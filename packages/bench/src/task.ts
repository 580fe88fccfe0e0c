import { type FoldedTensors, foldBatchNorm, initTensor, type ReadTensor } from "@efficientnet/model";
import { type ArchitectureSpec, getSpec, type TensorShape, tensorShapes } from "@efficientnet/specs";
import { uniformValues } from "./uniform-values.js";

/**
 * What all contestants compute. It is small enough to send anywhere: weights and input follow from `seed`, and only
 * the batch-norm statistics, which took a pass over the network, travel.
 */
export interface Task {
  readonly model: string;
  readonly batch: number;
  /** Side of the input in pixels. */
  readonly size: number;
  readonly seed: number;
  /** Means and variances by canonical name. */
  readonly statistics: Readonly<Record<string, Float32Array>>;
}

export const specOf = ({ model }: Pick<Task, "model">): ArchitectureSpec => getSpec(model);

/** `[N,H,W,3]`. */
export const inputShape = ({ batch, size }: Pick<Task, "batch" | "size">): [number, number, number, number] => [
  batch,
  size,
  size,
  3,
];

/** Pixels of about unit scale, channels last. */
export function inputOf({ batch, size, seed }: Pick<Task, "batch" | "size" | "seed">): Float32Array {
  return uniformValues(`input.${seed}`, batch * size * size * 3, 2);
}

/** Every tensor of the network. Scales, shifts and biases are not left at 1 and 0, where a wrong one would not show. */
export function readerOf({ seed, statistics }: Pick<Task, "seed" | "statistics">): ReadTensor {
  return (tensor: TensorShape) => {
    const { name, role, shape } = tensor;
    switch (role) {
      case "gamma":
        return uniformValues(`${name}.${seed}`, shape[0] ?? 0, 0.2, 1);
      case "beta":
      case "bias":
        return uniformValues(`${name}.${seed}`, shape[0] ?? 0, 0.2);
      default:
        return statistics[name] ?? initTensor(tensor, seed);
    }
  };
}

/** The task's tensors with every batch norm folded into the convolution before it. */
export function foldedTensors(task: Task): FoldedTensors {
  const spec = specOf(task);
  return foldBatchNorm(tensorShapes(spec), readerOf(task), spec.batchNorm.epsilon);
}
