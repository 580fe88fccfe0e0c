import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "./gradients/register-gradients.js";
import { checkNeededKernels } from "./needed-kernels.js";
import type { KernelBuild } from "./wasm/kernel-build.js";

/** How to prepare. */
export interface PrepareTrainingOptions {
  /** The wasm binary, for tests and comparisons; the fastest that runs here unless given. */
  readonly build?: KernelBuild;
}

/**
 * Makes the active tfjs backend able to train these networks: registers the gradients that tfjs-core comes without and
 * the kernels that the backend lacks or has only slow ones for. May be called again, and must be for another backend.
 *
 * @throws `unsupported` where the wasm, webgl or webgpu backend is not that of tfjs 4.22.0, or another backend lacks a
 * kernel, which is named with the layer that needs it; `no-backend` where no WebAssembly of ours runs.
 */
export async function prepareTraining({ build }: PrepareTrainingOptions = {}): Promise<void> {
  await tf.ready();
  registerGradients();
  const name = tf.getBackend();
  // A page loads the binaries only where it trains, and only on wasm.
  if (name === "wasm") {
    const { registerWasmKernels } = await import("./wasm/register-wasm-kernels.js");
    await registerWasmKernels(tf.backend(), build);
  } else if (name === "webgl" || name === "webgpu") {
    const { registerGpuKernels } = await import("./gpu/register-gpu-kernels.js");
    registerGpuKernels(name, tf.backend());
  }
  checkNeededKernels(name);
}
