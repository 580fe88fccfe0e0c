import * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "../fused-names.js";
import { given, type WasmKernel } from "./wasm-kernel.js";

const countOf = ({ shape }: tf.TensorInfo): number => tf.util.sizeFromShape(shape);

const rmsprop: WasmKernel = {
  kernelName: FUSED.rmsprop,
  run: (kernels, inputs, attributes) => {
    const value = given(inputs, "value");
    const tensors = [value, ...["gradient", "meanSquare", "moment"].map((name) => given(inputs, name))];
    const numbers = ["share", "momentum", "epsilon", "learningRate", "decay"].map((name) => attributes[name] as number);
    const outputs = [1, 2, 3].map(() => kernels.output(value.shape));
    // Addresses are taken once all outputs stand.
    kernels.run.rmsprop(...tensors.map(kernels.at), countOf(value), ...numbers, ...outputs.map(kernels.at));
    return outputs;
  },
};

const blend: WasmKernel = {
  kernelName: FUSED.blend,
  run: (kernels, inputs, { share }) => {
    const [from, to] = [given(inputs, "from"), given(inputs, "to")];
    const y = kernels.output(from.shape);
    kernels.run.blend(kernels.at(from), kernels.at(to), countOf(from), share as number, kernels.at(y));
    return y;
  },
};

/** What a step does to weights besides their gradients. */
export const OPTIMISE_KERNELS: readonly WasmKernel[] = [rmsprop, blend];
