import type { PreprocessSpec } from "@efficientnet/specs";
import type { Colour } from "./rows.js";

type Normalisation = Pick<PreprocessSpec, "mean" | "std">;

/** A function of channel and pixel value (0..255) to the model's input, each step in float32 as torch computes it. */
export type Normalise = (channel: 0 | 1 | 2, value: number) => number;

/** `(value / 255 - mean) / std` as a function of channel and value. */
export function normaliser({ mean, std }: Normalisation): Normalise {
  const f32 = Math.fround;
  return (channel, value) => f32(f32(f32(value / 255) - f32(mean[channel])) / f32(std[channel]));
}

/** The 3 x 256 inputs that 8-bit pixels can become, channel after channel. */
export function normaliseTable(normalise: Normalise): Float32Array {
  return Float32Array.from({ length: 768 }, (_, i) => normalise((i >> 8) as 0 | 1 | 2, i & 255));
}

/**
 * The inputs that 8-bit pixels become, 256 for each of red, green and blue: what {@link preprocess} looks up where the
 * method is `pillow`.
 */
export function normalisationTable(normalisation: Normalisation): Float32Array {
  return normaliseTable(normaliser(normalisation));
}

/** The mean colour in 8 bit, with which timm fills borders: `[round(255 * v) for v in mean]`. */
export function meanColour({ mean }: Normalisation, round: (x: number) => number): Colour {
  return [round(255 * mean[0]), round(255 * mean[1]), round(255 * mean[2])];
}
