import type { Normalisation } from "../checkpoint.js";

/** Arithmetic that a graph does with its input: with one constant, or with one for each channel. */
export interface PixelStep {
  readonly operation: "add" | "sub" | "mul" | "div";
  readonly values: readonly number[];
}

/** Quantised input: real value = (pixel - zero) * scale. */
export interface QuantisedPixels {
  readonly scale: number;
  readonly zero: number;
}

export interface PixelNormalisation {
  /** What the network wants of pixels, once its first kernel is multiplied by `kernelScale` for each input channel. */
  readonly normalisation: Normalisation;
  readonly kernelScale: readonly number[];
}

/** Lite's own scale: (pixel - 127) / 128. */
const UNIT = 128;

/**
 * The normalisation of pixels that a graph does before its first convolution, by quantisation of its input or by
 * arithmetic with constants. Its scale is moved into the first kernel, so that every such network wants
 * (pixel - mean) / 128, as Lite's own files do; padding stays right, since zero stays zero. Null for float inputs that
 * the graph does not normalise: their file does not tell.
 */
export function pixelNormalisation(
  steps: readonly PixelStep[],
  quantised: QuantisedPixels | null,
): PixelNormalisation | null {
  if (quantised === null && steps.length === 0) return null;
  const channels = [0, 1, 2].map((channel) => affineOf(channel, steps, quantised));
  if (!channels.every(({ scale, shift }) => scale > 0 && Number.isFinite(scale) && Number.isFinite(shift))) return null;
  const mean = (channel: number) => -(channels[channel]?.shift ?? 0) / (channels[channel]?.scale ?? 1) / 255;
  const std = UNIT / 255;
  return {
    normalisation: { mean: [mean(0), mean(1), mean(2)], std: [std, std, std] },
    kernelScale: channels.map(({ scale }) => scale * UNIT),
  };
}

/** What the first convolution sees of one channel is `scale * pixel + shift`, for pixels from 0 to 255. */
function affineOf(channel: number, steps: readonly PixelStep[], quantised: QuantisedPixels | null) {
  let [scale, shift] = quantised === null ? [1, 0] : [quantised.scale, -quantised.zero * quantised.scale];
  for (const { operation, values } of steps) {
    const by = values[values.length === 1 ? 0 : channel] ?? Number.NaN;
    if (operation === "mul") [scale, shift] = [scale * by, shift * by];
    if (operation === "div") [scale, shift] = [scale / by, shift / by];
    if (operation === "add") shift += by;
    if (operation === "sub") shift -= by;
  }
  // A float input is in 0..1 where the graph multiplies it up, and in 0..255 where it divides.
  return quantised === null && scale > 1 ? { scale: scale / 255, shift } : { scale, shift };
}
