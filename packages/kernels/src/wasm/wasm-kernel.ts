import type * as tf from "@tensorflow/tfjs-core";
import type { WasmKernels } from "./wasm-kernels.js";

/** A kernel of tfjs's wasm backend as these packages write it. */
export interface WasmKernel {
  readonly kernelName: string;
  readonly run: (
    kernels: WasmKernels,
    inputs: Readonly<Record<string, tf.TensorInfo>>,
    attributes: tf.NamedAttrMap,
  ) => tf.TensorInfo | tf.TensorInfo[];
  /**
   * Present where tfjs has a kernel of this name: ours takes over the calls for which this is true and leaves it the
   * others.
   */
  readonly replaces?: (inputs: Readonly<Record<string, tf.TensorInfo>>, attributes: tf.NamedAttrMap) => boolean;
}

/** An input that the op of this kernel always gives. */
export function given(inputs: Readonly<Record<string, tf.TensorInfo>>, name: string): tf.TensorInfo {
  const tensor = inputs[name];
  if (tensor === undefined) throw new Error(`the kernel was called without ${name}`);
  return tensor;
}
