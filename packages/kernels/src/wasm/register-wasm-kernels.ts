import * as tf from "@tensorflow/tfjs-core";
import { FUSED_KERNELS } from "./fused-kernels.js";
import type { KernelBuild } from "./kernel-build.js";
import { LINEAR_KERNELS } from "./linear-kernels.js";
import { OPTIMISE_KERNELS } from "./optimise-kernels.js";
import { REDUCTION_KERNELS } from "./reduction-kernels.js";
import type { WasmKernel } from "./wasm-kernel.js";
import { compileFor, kernelsOf } from "./wasm-kernels.js";

const WASM_KERNELS: readonly WasmKernel[] = [
  ...LINEAR_KERNELS,
  ...REDUCTION_KERNELS,
  ...FUSED_KERNELS,
  ...OPTIMISE_KERNELS,
];

const registered = new Set<tf.KernelConfig>();

/**
 * Puts our kernels into tfjs's wasm backend: those that it lacks, and those that are slow there, whose unusual calls it
 * keeps. May be called again, also with the other build.
 */
export async function registerWasmKernels(backend: object, build?: KernelBuild): Promise<void> {
  await compileFor(backend, build);
  for (const kernel of WASM_KERNELS) register(kernel);
}

function register({ kernelName, run, replaces }: WasmKernel): void {
  const stock = tf.getKernel(kernelName, "wasm");
  if (stock !== undefined && (registered.has(stock) || replaces === undefined)) return;
  const config: tf.KernelConfig = {
    ...stock,
    kernelName,
    backendName: "wasm",
    kernelFunc: (params) => {
      const { inputs, attrs = {}, backend } = params;
      const given = inputs as Readonly<Record<string, tf.TensorInfo>>;
      if (stock !== undefined && replaces?.(given, attrs) === false) return stock.kernelFunc(params);
      return run(kernelsOf(backend), given, attrs);
    },
  };
  if (stock !== undefined) tf.unregisterKernel(kernelName, "wasm");
  tf.registerKernel(config);
  registered.add(config);
}
