import type * as tf from "@tensorflow/tfjs-core";
import { type ConvGeometry, geometryOf, isPlain } from "./conv-geometry.js";
import { given, type WasmKernel } from "./wasm-kernel.js";
import type { KernelExports, WasmKernels } from "./wasm-kernels.js";

type Family = "conv" | "depthwise";
type Step = "" | "BackpropInput" | "BackpropFilter";

/** Runs one of the binaries' six linear kernels from two tensors into a new one. */
function runLinear(
  kernels: WasmKernels,
  name: Exclude<`${Family}${Step}`, never> & keyof KernelExports,
  { words }: ConvGeometry,
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

/** A convolution of tfjs and its two gradients. */
function family(tfjsName: string, name: Family): readonly WasmKernel[] {
  const depthwise = name === "depthwise";
  return [
    {
      kernelName: tfjsName,
      replaces: (_inputs, attributes) => isPlain(attributes),
      run: (kernels, inputs, attributes) => {
        const [x, filter] = [given(inputs, "x"), given(inputs, "filter")];
        const geometry = geometryOf(x.shape, filter.shape, attributes, depthwise);
        return runLinear(kernels, name, geometry, [x, filter], geometry.outShape);
      },
    },
    {
      kernelName: `${tfjsName}BackpropInput`,
      replaces: (_inputs, attributes) => isPlain(attributes),
      run: (kernels, inputs, attributes) => {
        const [dy, filter] = [given(inputs, "dy"), given(inputs, "filter")];
        const shape = attributes.inputShape as number[];
        const geometry = geometryOf(shape, filter.shape, attributes, depthwise);
        return runLinear(kernels, `${name}BackpropInput`, geometry, [dy, filter], shape);
      },
    },
    {
      kernelName: `${tfjsName}BackpropFilter`,
      run: (kernels, inputs, attributes) => {
        const [x, dy] = [given(inputs, "x"), given(inputs, "dy")];
        const shape = attributes.filterShape as number[];
        const geometry = geometryOf(x.shape, shape, attributes, depthwise);
        return runLinear(kernels, `${name}BackpropFilter`, geometry, [x, dy], shape);
      },
    },
  ];
}

/** Convolutions as one matrix product each, and what their gradients need. */
export const LINEAR_KERNELS: readonly WasmKernel[] = [
  ...family("Conv2D", "conv"),
  ...family("DepthwiseConv2dNative", "depthwise"),
];
