import type { TensorRole, TensorShape } from "@efficientnet/specs";

const NORM = /^(.+)\.norm\.(gamma|beta|mean|variance)$/;

/**
 * The tensors of a network as a file holds them: where a batch norm was folded into its convolution, the convolution
 * has a bias in place of the four parameters of the norm. `inFile` tells whether the file has a parameter of a
 * canonical layer.
 */
export function foldNorms(
  tensors: readonly TensorShape[],
  inFile: (layer: string, role: TensorRole) => boolean,
): readonly TensorShape[] {
  return tensors.flatMap((tensor) => {
    const [, prefix, part] = NORM.exec(tensor.name) ?? [];
    if (prefix === undefined) return [tensor];
    const folded =
      inFile(`${prefix}.conv`, "bias") &&
      !(["gamma", "beta", "mean", "variance"] as const).some((role) => inFile(`${prefix}.norm`, role));
    if (!folded) return [tensor];
    return part === "gamma" ? [{ ...tensor, name: biasName(prefix), role: "bias" }] : [];
  });
}

/** Where a parameter of a batch norm has gone that a file holds folded: the bias of the convolution. */
export function foldedInto(name: string): string | null {
  const [, prefix] = NORM.exec(name) ?? [];
  return prefix === undefined ? null : biasName(prefix);
}

/**
 * A parameter of the batch norm that a bias stands for: `gamma = 1`, `beta = bias`, `mean = 0` and
 * `variance = 1 - epsilon`, so that `gamma / sqrt(variance + epsilon)` is 1 within 2^-26, and folding them again in
 * float64 gives every kernel and bias back bit by bit.
 */
export function unfoldNorm(name: string, bias: Float32Array, epsilon: number): Float32Array {
  if (name.endsWith(".beta")) return bias;
  const value = name.endsWith(".gamma") ? 1 : name.endsWith(".mean") ? 0 : 1 - epsilon;
  return new Float32Array(bias.length).fill(value);
}

function biasName(prefix: string): string {
  return `${prefix}.conv.bias`;
}
