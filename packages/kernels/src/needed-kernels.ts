import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";

/** Kernels without which a network does not train, and the layers that ask for them. */
const NEEDED: Readonly<Record<string, string>> = {
  Conv2D: "a convolution",
  Conv2DBackpropInput: "the gradient of a convolution",
  Conv2DBackpropFilter: "the gradient of a convolution's kernel",
  DepthwiseConv2dNative: "a depthwise convolution",
  DepthwiseConv2dNativeBackpropInput: "the gradient of a depthwise convolution",
  DepthwiseConv2dNativeBackpropFilter: "the gradient of a depthwise convolution's kernel",
  BatchMatMul: "the classifier",
  Sum: "batch norm",
  Mean: "squeeze-and-excitation and the pooling before the classifier",
  Rsqrt: "batch norm",
  Sigmoid: "SiLU and squeeze-and-excitation",
  Multiply: "squeeze-and-excitation",
  Max: "the loss",
  Exp: "the loss",
  Log: "the loss",
};

/**
 * Refuses a backend that could not train to the end.
 *
 * @throws `unsupported`, naming the backend, the kernel, the layer that needs it and what to do.
 */
export function checkNeededKernels(backend: string): void {
  for (const [kernel, layer] of Object.entries(NEEDED)) {
    if (tf.getKernel(kernel, backend) !== undefined) continue;
    throw new EfficientNetError("unsupported", `the ${backend} backend has no kernel ${kernel}, which ${layer} needs`, {
      hint: "train on the webgpu, webgl, wasm or cpu backend of tfjs 4.22.0",
    });
  }
}
