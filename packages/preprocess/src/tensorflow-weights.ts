/**
 * `tf.image.resize` is four kernels with habits of their own. Positions are float32 there, which decides ties, so they
 * are rounded to float32 here; the sums are not.
 *
 * Source: tensorflow/core/kernels/image: resize_bilinear_op.cc, resize_bicubic_op.cc, resize_nearest_neighbor_op.cc,
 * resize_area_op.cc, scale_and_translate_op.cc.
 */
import type { ResampleFilter } from "@efficientnet/specs";
import { type AxisWeights, axisWeights, normaliseWeights, type Span } from "./axis-weights.js";
import { type FilterKernel, keysCubic, lanczos3, triangle } from "./filter-kernels.js";
import { roundHalfEven } from "./round-half-even.js";

const f32 = Math.fround;

type Axis = (inSize: number, outSize: number, span: Span) => AxisWeights<Float64Array>;

const plain: Record<ResampleFilter, Axis> = {
  nearest,
  area,
  bilinear,
  bicubic,
  lanczos: scaleAndTranslate(lanczos3, false),
};

const antialiased: Record<ResampleFilter, Axis> = {
  nearest,
  area,
  bilinear: scaleAndTranslate(triangle, true),
  bicubic: scaleAndTranslate(keysCubic, true),
  lanczos: scaleAndTranslate(lanczos3, true),
};

/** Weights as `tf.image.resize(method=filter, antialias=antialias)` uses them; `lanczos` is its `lanczos3`. */
export function tensorflowWeights(
  filter: ResampleFilter,
  antialias: boolean,
  inSize: number,
  outSize: number,
  span: Span,
): AxisWeights<Float64Array> {
  return (antialias ? antialiased : plain)[filter](inSize, outSize, span);
}

const halfPixel = (output: number, scale: number): number => f32(f32(f32(output + 0.5) * scale) - 0.5);

const clamp = (index: number, size: number): number => Math.min(Math.max(index, 0), size - 1);

function nearest(inSize: number, outSize: number, span: Span): AxisWeights<Float64Array> {
  const scale = f32(inSize / outSize);
  return axisWeights(span, 1, (output, weights) => {
    weights[0] = 1;
    return { start: clamp(Math.floor(f32(f32(output + 0.5) * scale)), inSize), count: 1 };
  });
}

function bilinear(inSize: number, outSize: number, span: Span): AxisWeights<Float64Array> {
  const scale = f32(inSize / outSize);
  return axisWeights(span, 2, (output, weights) => {
    const position = halfPixel(output, scale);
    const floor = Math.floor(position);
    const start = clamp(floor, inSize);
    const count = clamp(Math.ceil(position), inSize) - start + 1;
    const upper = f32(position - floor);
    weights[0] = count === 1 ? 1 : 1 - upper;
    if (count === 2) weights[1] = upper;
    return { start, count };
  });
}

/** The cubic is tabulated at 1024 steps per pixel; what falls outside the picture weighs nothing and the rest is scaled up. */
function bicubic(inSize: number, outSize: number, span: Span): AxisWeights<Float64Array> {
  const steps = 1024;
  const scale = f32(inSize / outSize);
  return axisWeights(span, 4, (output, weights) => {
    const position = halfPixel(output, scale);
    const floor = Math.floor(position);
    const fraction = roundHalfEven(f32(position - floor) * steps) / steps;
    const start = Math.max(floor - 1, 0);
    const end = Math.min(floor + 3, inSize);
    for (let i = start; i < end; i++) weights[i - start] = f32(keysCubic.at(i - floor - fraction));
    normaliseWeights(weights, end - start);
    return { start, count: end - start };
  });
}

/**
 * Each output is the mean of the source interval it covers, with fractions of the pixels at both ends. Where float32
 * lets an interval end beyond the picture, the last pixel takes that weight too.
 */
function area(inSize: number, outSize: number, span: Span): AxisWeights<Float64Array> {
  const scale = f32(inSize / outSize);
  return axisWeights(span, Math.ceil(scale) + 2, (output, weights) => {
    const from = f32(output * scale);
    const to = f32(f32(output + 1) * scale);
    const start = clamp(Math.floor(from), inSize);
    const end = Math.ceil(to);
    for (let source = start; source < end; source++) {
      const upTo = source + 1 > to ? to - source : 1;
      const covered = source < from ? (source + 1 > to ? scale : source + 1 - from) : upTo;
      weights[clamp(source, inSize) - start]! += covered / scale;
    }
    return { start, count: clamp(end - 1, inSize) - start + 1 };
  });
}

function scaleAndTranslate({ radius, at }: FilterKernel, antialias: boolean): Axis {
  return (inSize, outSize, span) => {
    const scale = f32(1 / f32(outSize / inSize));
    const stretch = antialias ? Math.max(scale, 1) : 1;
    const support = f32(radius * stretch);
    return axisWeights(span, Math.min(2 * Math.ceil(support) + 1, inSize), (output, weights) => {
      const centre = f32(f32(output + 0.5) * scale);
      const start = clamp(Math.ceil(f32(f32(centre - support) - 0.5)), inSize);
      const count = clamp(Math.floor(f32(f32(centre + support) - 0.5)), inSize) - start + 1;
      for (let i = 0; i < count; i++) weights[i] = at((start + i + 0.5 - centre) / stretch);
      normaliseWeights(weights, count);
      return { start, count };
    });
  };
}
