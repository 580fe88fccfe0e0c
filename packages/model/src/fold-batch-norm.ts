import { EfficientNetError } from "@efficientnet/errors";
import type { TensorShape } from "@efficientnet/specs";

/** Gives the values of a named tensor in its canonical layout. */
export type ReadTensor = (tensor: TensorShape) => Float32Array;

/** The tensors of a network without norms: what there is, and how to read each. */
export interface FoldedTensors {
  readonly shapes: readonly TensorShape[];
  readonly read: ReadTensor;
}

/**
 * Folds every batch norm into the convolution before it, exactly, in float64, one tensor at a time:
 * `kernel' = kernel * s`, `bias = beta - mean * s`, with `s = gamma / sqrt(variance + epsilon)` per output channel.
 *
 * Only for evaluation: folded parameters have no statistics left to learn. Reading throws `wrong-file` for a variance
 * that has no root.
 */
export function foldBatchNorm(shapes: readonly TensorShape[], read: ReadTensor, epsilon: number): FoldedTensors {
  const byName = new Map(shapes.map((tensor) => [tensor.name, tensor]));
  const norm = (prefix: string, part: string): Float32Array | undefined => {
    const tensor = byName.get(`${prefix}.norm.${part}`);
    return tensor && read(tensor);
  };
  const scale = (prefix: string): Float64Array | undefined => {
    const [gamma, variance] = [norm(prefix, "gamma"), norm(prefix, "variance")];
    if (gamma === undefined || variance === undefined) return undefined;
    checkVariance(`${prefix}.norm.variance`, variance, epsilon);
    return Float64Array.from(gamma, (g, i) => g / Math.sqrt((variance[i] ?? 0) + epsilon));
  };
  return {
    shapes: shapes.flatMap((tensor) => foldedShape(tensor)),
    read: (tensor) => {
      const prefix = tensor.name.replace(/\.conv\.(kernel|bias)$/, "");
      const factors = prefix === tensor.name ? undefined : scale(prefix);
      if (factors === undefined) return read(tensor);
      return tensor.role === "bias"
        ? foldedBias(factors, norm(prefix, "beta"), norm(prefix, "mean"))
        : scaled(read(tensor), factors);
    },
  };
}

/** The root of a negative number is NaN, in every answer of the network and with nothing that tells why. */
function checkVariance(name: string, variance: Float32Array, epsilon: number): void {
  const index = variance.findIndex((value) => !(value + epsilon > 0));
  if (index < 0) return;
  throw new EfficientNetError("wrong-file", `${name} holds ${variance[index]} at index ${index}`, {
    expected: `numbers of 0 or more, with epsilon ${epsilon}`,
    hint: "the file is damaged, or its arrays are named in another order",
  });
}

function foldedShape(tensor: TensorShape): TensorShape[] {
  if (!tensor.name.includes(".norm.")) return [tensor];
  const bias = tensor.name.replace(/\.norm\.gamma$/, ".conv.bias");
  return bias === tensor.name ? [] : [{ ...tensor, name: bias, role: "bias" }];
}

/** Output channels are innermost in every kernel layout; a depthwise kernel's last axis of 1 changes nothing. */
function scaled(kernel: Float32Array, factors: Float64Array): Float32Array {
  return kernel.map((value, i) => value * (factors[i % factors.length] ?? 0));
}

function foldedBias(factors: Float64Array, beta?: Float32Array, mean?: Float32Array): Float32Array {
  return Float32Array.from(factors, (factor, i) => (beta?.[i] ?? 0) - (mean?.[i] ?? 0) * factor);
}
