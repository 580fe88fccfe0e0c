import * as tf from "@tensorflow/tfjs-core";
import { FUSED } from "../fused-names.js";
import { given, type WasmKernel } from "./wasm-kernel.js";

const channelsOf = ({ shape }: tf.TensorInfo): number => shape.at(-1) ?? 1;
const pixelsOf = (x: tf.TensorInfo): number => tf.util.sizeFromShape(x.shape) / channelsOf(x);

const moments: WasmKernel = {
  kernelName: FUSED.moments,
  run: (kernels, inputs) => {
    const x = given(inputs, "x");
    const channels = channelsOf(x);
    return kernels.withScratch(kernels.run.normScratch(channels), (scratch) => {
      const y = kernels.output([2, channels]);
      const mean = kernels.at(y);
      kernels.run.normStatistics(kernels.at(x), pixelsOf(x), channels, mean, mean + 4 * channels, scratch);
      return y;
    });
  },
};

const norm: WasmKernel = {
  kernelName: FUSED.norm,
  run: (kernels, inputs, { epsilon, activated }) => {
    const x = given(inputs, "x");
    const channels = channelsOf(x);
    const mean = kernels.at(given(inputs, "moments"));
    const [gamma, beta] = [kernels.at(given(inputs, "gamma")), kernels.at(given(inputs, "beta"))];
    return kernels.withScratch(kernels.run.normScratch(channels), (scratch) => {
      const y = kernels.output(x.shape);
      kernels.run.normForward(
        ...[kernels.at(x), pixelsOf(x), channels, mean, mean + 4 * channels, gamma, beta],
        ...[epsilon as number, Number(activated), kernels.at(y), scratch],
      );
      return y;
    });
  },
};

const normGradient: WasmKernel = {
  kernelName: FUSED.normGradient,
  run: (kernels, inputs, { epsilon, activated }) => {
    const [x, dy] = [given(inputs, "x"), given(inputs, "dy")];
    const channels = channelsOf(x);
    const mean = kernels.at(given(inputs, "moments"));
    const [gamma, beta] = [kernels.at(given(inputs, "gamma")), kernels.at(given(inputs, "beta"))];
    return kernels.withScratch(kernels.run.normScratch(channels), (scratch) => {
      const outputs = [kernels.output(x.shape), kernels.output([channels]), kernels.output([channels])];
      kernels.run.normBackward(
        ...[kernels.at(x), kernels.at(dy), pixelsOf(x), channels, mean, mean + 4 * channels, gamma, beta],
        ...[epsilon as number, Number(activated), ...outputs.map(kernels.at), scratch],
      );
      return outputs;
    });
  },
};

const silu: WasmKernel = {
  kernelName: FUSED.silu,
  run: (kernels, inputs) => {
    const x = given(inputs, "x");
    const y = kernels.output(x.shape);
    kernels.run.siluForward(kernels.at(x), tf.util.sizeFromShape(x.shape), kernels.at(y));
    return y;
  },
};

const siluGradient: WasmKernel = {
  kernelName: FUSED.siluGradient,
  run: (kernels, inputs) => {
    const [x, dy] = [given(inputs, "x"), given(inputs, "dy")];
    const dx = kernels.output(x.shape);
    kernels.run.siluBackward(kernels.at(x), kernels.at(dy), tf.util.sizeFromShape(x.shape), kernels.at(dx));
    return dx;
  },
};

/** What tfjs has no kernel for at all. */
export const FUSED_KERNELS: readonly WasmKernel[] = [moments, norm, normGradient, silu, siluGradient];
