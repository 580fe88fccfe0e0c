import type { ConvStep, DepthwiseStep } from "@efficientnet/plan";
import type { Activation } from "@efficientnet/specs";
import type { MapSize } from "./step-plan.js";

/** Activations in float64, straight from their definitions. */
export const ACTIVATE: Readonly<Record<Activation | "none" | "sigmoid", (x: number) => number>> = {
  none: (x) => x,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  silu: (x) => x / (1 + Math.exp(-x)),
  relu: (x) => Math.max(0, x),
  relu6: (x) => Math.min(6, Math.max(0, x)),
  "hard-swish": (x) => (x * Math.min(6, Math.max(0, x + 3))) / 6,
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
};

interface Maps {
  readonly batch: number;
  readonly from: MapSize;
  readonly to: MapSize;
}

/** The value of a pixel, or what stands outside the map. */
function pixel(
  input: Float32Array,
  [h, w, c]: MapSize,
  n: number,
  y: number,
  x: number,
  ch: number,
  outside = 0,
): number {
  return y < 0 || y >= h || x < 0 || x >= w ? outside : (input[((n * h + y) * w + x) * c + ch] ?? Number.NaN);
}

export interface ConvOperands {
  readonly input: Float32Array;
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  readonly border?: Float32Array | undefined;
}

/** A convolution by its definition, in float64, before gate and residual. */
export function naiveConv(
  step: ConvStep,
  { batch, from, to }: Maps,
  { input, kernel, bias, border }: ConvOperands,
): number[] {
  const { kernelSize: k, stride, padTop, padLeft, activation } = step;
  const [height, width, outChannels] = to;
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let out = 0; out < outChannels; out++) {
          let sum = bias[out] ?? Number.NaN;
          for (let tap = 0; tap < k * k; tap++)
            for (let ch = 0; ch < from[2]; ch++) {
              const [row, column] = [y * stride - padTop + Math.floor(tap / k), x * stride - padLeft + (tap % k)];
              sum +=
                pixel(input, from, n, row, column, ch, border?.[ch]) *
                (kernel[(tap * from[2] + ch) * outChannels + out] ?? 0);
            }
          result.push(ACTIVATE[activation ?? "none"](sum));
        }
  return result;
}

/** A depthwise convolution by its definition, in float64. */
export function naiveDepthwise(
  step: DepthwiseStep,
  { batch, from, to }: Maps,
  { input, kernel, bias }: ConvOperands,
): number[] {
  const { kernelSize: k, stride, padTop, padLeft, activation } = step;
  const [height, width, channels] = to;
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let ch = 0; ch < channels; ch++) {
          let sum = bias[ch] ?? Number.NaN;
          for (let tap = 0; tap < k * k; tap++) {
            const [row, column] = [y * stride - padTop + Math.floor(tap / k), x * stride - padLeft + (tap % k)];
            sum += pixel(input, from, n, row, column, ch) * (kernel[tap * channels + ch] ?? 0);
          }
          result.push(ACTIVATE[activation ?? "none"](sum));
        }
  return result;
}
