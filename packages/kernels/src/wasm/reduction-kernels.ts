import * as tf from "@tensorflow/tfjs-core";
import { given, type WasmKernel } from "./wasm-kernel.js";

interface Middle {
  readonly outer: number;
  readonly middle: number;
  readonly inner: number;
}

/** Neighbouring axes with others behind them, as sizes; what tfjs-wasm transposes the whole tensor for. */
function middleOf({ shape, dtype }: tf.TensorInfo, axis: unknown): Middle | undefined {
  const axes = [...tf.util.parseAxisParam(axis as number | number[], shape)].sort((a, b) => a - b);
  const first = axes[0];
  if (first === undefined || dtype !== "float32") return undefined;
  const neighbours = axes.every((one, i) => one === first + i);
  const end = first + axes.length;
  const size = (from: number, to: number) => tf.util.sizeFromShape(shape.slice(from, to));
  const inner = size(end, shape.length);
  return neighbours && inner > 1 ? { outer: size(0, first), middle: size(first, end), inner } : undefined;
}

function reduction(kernelName: "Sum" | "Mean"): WasmKernel {
  return {
    kernelName,
    replaces: (inputs, { axis }) => middleOf(given(inputs, "x"), axis) !== undefined,
    run: (kernels, inputs, { axis, keepDims }) => {
      const x = given(inputs, "x");
      const { outer, middle, inner } = middleOf(x, axis) as Middle;
      const axes = tf.util.parseAxisParam(axis as number[], x.shape);
      const shape = x.shape.flatMap((size, i) => (axes.includes(i) ? (keepDims ? [1] : []) : [size]));
      const y = kernels.output(shape);
      kernels.run.sumMiddle(kernels.at(x), outer, middle, inner, kernelName === "Mean" ? 1 / middle : 1, kernels.at(y));
      return y;
    },
  };
}

const segmentSum: WasmKernel = {
  kernelName: "UnsortedSegmentSum",
  run: (kernels, inputs, attributes) => {
    const [x, ids] = [given(inputs, "x"), given(inputs, "segmentIds")];
    const segments = attributes.numSegments as number;
    const [rows = 0, ...rest] = x.shape;
    const y = kernels.output([segments, ...rest]);
    kernels.run.segmentSum(kernels.at(x), kernels.at(ids), rows, tf.util.sizeFromShape(rest), segments, kernels.at(y));
    return y;
  },
};

/** Sums and means over axes in front of the channels, without a transpose, and sums of rows by segment. */
export const REDUCTION_KERNELS: readonly WasmKernel[] = [reduction("Sum"), reduction("Mean"), segmentSum];
