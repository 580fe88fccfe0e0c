import * as tf from "@tensorflow/tfjs-core";
import { registerGradients } from "./gradients/register-gradients.js";
import type { KernelBuild } from "./wasm/kernel-build.js";
import { registerWasmKernels } from "./wasm/register-wasm-kernels.js";

/** How to prepare. */
export interface PrepareTrainingOptions {
  /** The wasm binary, for tests and comparisons; the fastest that runs here unless given. */
  readonly build?: KernelBuild;
}

/**
 * Makes the active tfjs backend able to train these networks: registers the gradients that tfjs-core comes without and
 * the kernels that the backend lacks or has only slow ones for. May be called again, and must be for another backend.
 *
 * @throws `unsupported` where the wasm backend is not the one of tfjs 4.22.0.
 */
export async function prepareTraining({ build }: PrepareTrainingOptions = {}): Promise<void> {
  await tf.ready();
  registerGradients();
  if (tf.getBackend() === "wasm") await registerWasmKernels(tf.backend(), build);
}
