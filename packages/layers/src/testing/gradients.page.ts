import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { prepareTraining } from "@efficientnet/kernels";
import * as tf from "@tensorflow/tfjs-core";
import type { BlockGolden } from "./block-golden.js";
import { blockGradients } from "./block-gradients.js";

const failures: string[] = [];

const api = {
  start: async (backend: string) => {
    if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start here`);
    const { device } = tf.backend() as unknown as { device?: EventTarget };
    // An invalid shader gives zeros, and says why here alone.
    device?.addEventListener("uncapturederror", (event) =>
      failures.push(String((event as { error?: Error }).error?.message)),
    );
    await prepareTraining();
  },
  gradients: async (name: string, golden: BlockGolden, epsilon: number) => {
    const before = tf.memory().numTensors;
    const gradients = await blockGradients(name, golden, epsilon);
    return { gradients, left: tf.memory().numTensors - before, failures };
  },
};

Object.assign(globalThis, { api });
