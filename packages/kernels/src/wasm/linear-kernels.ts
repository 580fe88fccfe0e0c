import * as tf from "@tensorflow/tfjs-core";
import { geometryOf, isPlain } from "./conv-geometry.js";
import { given, type WasmKernel } from "./wasm-kernel.js";
import type { WasmKernels } from "./wasm-kernels.js";

type Linear =
  | "convBackpropInput"
  | "convBackpropFilter"
  | "depthwise"
  | "depthwiseBackpropInput"
  | "depthwiseBackpropFilter";

/** Runs one of the binaries' kernels that make a new tensor of two. */
function runLinear(
  kernels: WasmKernels,
  name: Linear,
  words: readonly number[],
  [a, b]: readonly [tf.TensorInfo, tf.TensorInfo],
  shape: readonly number[],
): tf.TensorInfo {
  const { run } = kernels;
  const geometry = kernels.geometry(words);
  const bytes = name.startsWith("conv") ? run.convScratch(geometry) : run.depthwiseScratch(geometry);
  return kernels.withScratch(bytes, (scratch) => {
    const output = kernels.output(shape);
    run[name](geometry, kernels.at(a), kernels.at(b), kernels.at(output), scratch);
    return output;
  });
}

function runConv(
  kernels: WasmKernels,
  words: readonly number[],
  { x, filter, bias }: { x: tf.TensorInfo; filter: tf.TensorInfo; bias?: tf.TensorInfo | undefined },
  shape: readonly number[],
): tf.TensorInfo {
  const geometry = kernels.geometry(words);
  return kernels.withScratch(kernels.run.convScratch(geometry), (scratch) => {
    const y = kernels.output(shape);
    const biasAt = bias === undefined ? 0 : kernels.at(bias);
    kernels.run.conv(geometry, kernels.at(x), kernels.at(filter), biasAt, kernels.at(y), scratch);
    return y;
  });
}

/** The forward kernel under tfjs's plain and its fused name, which it has where an activation or a bias may follow. */
const CONV_FORWARD: readonly WasmKernel[] = ["Conv2D", "FusedConv2D"].map((kernelName) => ({
  kernelName,
  replaces: (inputs, attributes) => {
    const { bias } = inputs;
    const linear = (attributes.activation ?? "linear") === "linear";
    return linear && isPlain(attributes) && (bias == null || bias.shape.length === 1);
  },
  run: (kernels, inputs, attributes) => {
    const [x, filter] = [given(inputs, "x"), given(inputs, "filter")];
    const { words, outShape } = geometryOf(x.shape, filter.shape, attributes);
    return runConv(kernels, words, { x, filter, bias: inputs.bias ?? undefined }, outShape);
  },
}));

const DEPTHWISE_FORWARD: WasmKernel = {
  kernelName: "DepthwiseConv2dNative",
  replaces: (inputs, attributes) => isPlain(attributes) && given(inputs, "filter").shape[3] === 1,
  run: (kernels, inputs, attributes) => {
    const [x, filter] = [given(inputs, "x"), given(inputs, "filter")];
    const { words, outShape } = geometryOf(x.shape, filter.shape, attributes, true);
    return runLinear(kernels, "depthwise", words, [x, filter], outShape);
  },
};

/** Both gradients of a convolution. */
function gradients(tfjsName: string, name: "conv" | "depthwise"): readonly WasmKernel[] {
  const depthwise = name === "depthwise";
  return [
    {
      kernelName: `${tfjsName}BackpropInput`,
      replaces: (_inputs, attributes) => isPlain(attributes),
      run: (kernels, inputs, attributes) => {
        const [dy, filter] = [given(inputs, "dy"), given(inputs, "filter")];
        const shape = attributes.inputShape as number[];
        const { words } = geometryOf(shape, filter.shape, attributes, depthwise);
        return runLinear(kernels, `${name}BackpropInput`, words, [dy, filter], shape);
      },
    },
    {
      kernelName: `${tfjsName}BackpropFilter`,
      run: (kernels, inputs, attributes) => {
        const [x, dy] = [given(inputs, "x"), given(inputs, "dy")];
        const shape = attributes.filterShape as number[];
        const { words } = geometryOf(x.shape, shape, attributes, depthwise);
        return runLinear(kernels, `${name}BackpropFilter`, words, [x, dy], shape);
      },
    },
  ];
}

/** A matrix product is a 1x1 convolution over a row of pixels, or one of its gradients where an operand is transposed. */
const MATRIX_PRODUCT: WasmKernel = {
  kernelName: "BatchMatMul",
  replaces: (inputs, { transposeA, transposeB }) => {
    const operands = [given(inputs, "a"), given(inputs, "b")];
    const single = operands.every(
      ({ shape, dtype }) => dtype === "float32" && shape.slice(0, -2).every((n) => n === 1),
    );
    return single && !(transposeA && transposeB) && operands.every(({ shape }) => tf.util.sizeFromShape(shape) > 0);
  },
  run: (kernels, inputs, { transposeA, transposeB }) => {
    const [a, b] = [given(inputs, "a"), given(inputs, "b")];
    const [aRows = 0, aColumns = 0] = a.shape.slice(-2);
    const [bRows = 0, bColumns = 0] = b.shape.slice(-2);
    const pixels = (count: number, from: number, to: number) => [1, 1, count, from, 1, count, to, 1, 1, 1, 1, 0, 0];
    const shape = [...a.shape.slice(0, -2), transposeA ? aColumns : aRows, transposeB ? bRows : bColumns];
    if (transposeA) return runLinear(kernels, "convBackpropFilter", pixels(aRows, aColumns, bColumns), [a, b], shape);
    if (transposeB) return runLinear(kernels, "convBackpropInput", pixels(aRows, bRows, aColumns), [a, b], shape);
    return runConv(kernels, pixels(aRows, aColumns, bColumns), { x: a, filter: b }, shape);
  },
};

/** Convolutions and matrix products, and what their gradients need. */
export const LINEAR_KERNELS: readonly WasmKernel[] = [
  ...CONV_FORWARD,
  DEPTHWISE_FORWARD,
  ...gradients("Conv2D", "conv"),
  ...gradients("DepthwiseConv2dNative", "depthwise"),
  MATRIX_PRODUCT,
];
