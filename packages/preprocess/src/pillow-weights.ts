import type { ResampleFilter } from "@efficientnet/specs";
import { type AxisWeights, axisWeights, normaliseWeights, type Span } from "./axis-weights.js";
import { box, type FilterKernel, keysCubic, lanczos3, triangle } from "./filter-kernels.js";

/** Weights are 22-bit fractions, so that 8-bit pixels, the weights and two guard bits fill 32 (Pillow, Resample.c). */
export const precisionBits = 32 - 8 - 2;

type Axis = (inSize: number, outSize: number, span: Span) => AxisWeights<Float64Array>;

const axes: Record<ResampleFilter, Axis> = {
  nearest,
  area: antialiased(box),
  bilinear: antialiased(triangle),
  bicubic: antialiased(keysCubic),
  lanczos: antialiased(lanczos3),
};

/** Fixed-point weights as Pillow computes them; `area` is its `BOX`. */
export function pillowWeights(
  filter: ResampleFilter,
  inSize: number,
  outSize: number,
  span: Span,
): AxisWeights<Int32Array> {
  const axis = axes[filter](inSize, outSize, span);
  const weights = new Int32Array(axis.weights.length);
  for (let i = 0; i < weights.length; i++) {
    const scaled = axis.weights[i]! * (1 << precisionBits);
    weights[i] = Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
  }
  return { ...axis, weights };
}

/** The kernel is stretched by the scale when shrinking, so that every source pixel counts. */
function antialiased({ radius, at }: FilterKernel): Axis {
  return (inSize, outSize, span) => {
    const scale = inSize / outSize;
    const stretch = Math.max(scale, 1);
    const support = radius * stretch;
    return axisWeights(span, Math.ceil(support) * 2 + 1, (output, weights) => {
      const centre = (output + 0.5) * scale;
      const start = Math.max(Math.trunc(centre - support + 0.5), 0);
      const count = Math.min(Math.trunc(centre + support + 0.5), inSize) - start;
      for (let i = 0; i < count; i++) weights[i] = at((i + start - centre + 0.5) * (1 / stretch));
      normaliseWeights(weights, count);
      return { start, count };
    });
  };
}

/** Pillow steps along the source by repeated addition; a multiplication would land on other pixels at exact halves. */
function nearest(inSize: number, outSize: number, span: Span): AxisWeights<Float64Array> {
  const scale = inSize / outSize;
  let position = scale * 0.5;
  for (let i = 0; i < span.from; i++) position += scale;
  return axisWeights(span, 1, (_output, weights) => {
    const start = Math.min(Math.trunc(position), inSize - 1);
    position += scale;
    weights[0] = 1;
    return { start, count: 1 };
  });
}
