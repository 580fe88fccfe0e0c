/** Gives the values of a tensor by its canonical name, in canonical layout. */
export type ReadTensor = (name: string) => Float32Array;

/** A convolution with a bias of its own and no batch norm. */
export interface FoldedConv {
  /** Reads and folds it. */
  readonly kernel: () => Float32Array;
  readonly bias: Float32Array;
}

/** What the input's pixels are, where the network does not get them normalised: `input = (pixel / 255 - mean) / std`. */
export interface Normalisation {
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

/**
 * Folds a batch norm into the convolution before it, in float64: `kernel' = kernel * s`, `bias = beta - mean * s` with
 * `s = gamma / sqrt(variance + epsilon)`. Output channels are the last axis that is not 1, so they are innermost.
 */
export function foldNorm(read: ReadTensor, prefix: string, epsilon: number): FoldedConv {
  const norm = (part: string) => read(`${prefix}.norm.${part}`);
  const [gamma, beta, mean, variance] = [norm("gamma"), norm("beta"), norm("mean"), norm("variance")];
  const factors = Float64Array.from(gamma, (g, i) => g / Math.sqrt((variance[i] ?? 0) + epsilon));
  const bias = Float32Array.from(factors, (factor, i) => (beta[i] ?? 0) - (mean[i] ?? 0) * factor);
  return { kernel: () => scaled(read(`${prefix}.conv.kernel`), factors), bias };
}

function scaled(kernel: Float32Array, factors: Float64Array): Float32Array {
  const folded = new Float32Array(kernel.length);
  const outChannels = factors.length;
  for (let row = 0; row < kernel.length; row += outChannels) {
    for (let out = 0; out < outChannels; out++) folded[row + out] = (kernel[row + out] ?? 0) * (factors[out] ?? 0);
  }
  return folded;
}

/**
 * Folds the normalisation of pixels 0 to 255 into the first convolution: `kernel' = kernel / (255 std)` and
 * `bias' = bias - sum(kernel * mean / std)` over its whole window. That is exact inside the picture, and at its border as
 * long as the pixels outside are `255 mean`, which is what a padding of zero means after normalising.
 */
export function foldNormalisation(plain: FoldedConv, { mean, std }: Normalisation): FoldedConv {
  const { bias } = plain;
  // The bias needs it now, and a first convolution is small.
  const kernel = plain.kernel();
  const [outChannels, inChannels] = [bias.length, mean.length];
  const shift = Float64Array.from(bias);
  const folded = kernel.map((value, i) => {
    const [out, channel] = [i % outChannels, Math.floor(i / outChannels) % inChannels];
    const deviation = std[channel] ?? 1;
    shift[out] = (shift[out] ?? 0) - (value * (mean[channel] ?? 0)) / deviation;
    return value / (255 * deviation);
  });
  return { kernel: () => folded, bias: Float32Array.from(shift) };
}
