import {
  type BackendName,
  capabilities,
  type PreparedBackend,
  type PrepareOptions,
  prepareBackend,
} from "@efficientnet/backends";
import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";

const wave = (length: number, step: number) => Float32Array.from({ length }, (_, i) => Math.sin(step * i));

/** Squeeze-and-excitation on a convolution: its small tensors are where compiling ahead could go astray. */
function network(): tf.Tensor {
  return tf.tidy(() => {
    const x = tf.tensor4d(wave(16 * 16 * 8, 0.37), [1, 16, 16, 8]);
    const y = tf.conv2d(x, tf.tensor4d(wave(9 * 8 * 16, 0.73), [3, 3, 8, 16]), 2, "same");
    const squeezed = tf.mean(y, [1, 2], true);
    const gate = tf.sigmoid(
      tf.conv2d(squeezed as tf.Tensor4D, tf.tensor4d(wave(256, 0.11), [1, 1, 16, 16]), 1, "same"),
    );
    return tf.matMul(tf.reshape(tf.mul(y, gate), [64, 16]), tf.tensor2d(wave(160, 0.29), [16, 10]));
  });
}

let backend: PreparedBackend | undefined;

function prepared(): PreparedBackend {
  if (backend === undefined) throw new Error("no backend is prepared");
  return backend;
}

async function compute(): Promise<Float32Array> {
  return prepared().guard(async () => {
    const y = network();
    const values = (await y.data()) as Float32Array;
    y.dispose();
    return values;
  });
}

async function failure(run: () => unknown): Promise<{ code?: unknown; message: string }> {
  try {
    await run();
    return { message: "" };
  } catch (error) {
    const { code, message } = error as Error & { code?: unknown };
    return { code, message };
  }
}

const api = {
  capabilities,
  prepare: async (name: BackendName | "auto", options: PrepareOptions) => {
    backend = await prepareBackend(name, options);
    const { description, detail } = backend;
    return { name: backend.name, description, detail, initialised: Object.keys(tf.engine().registry) };
  },
  prepareFailing: (name: BackendName, options: PrepareOptions) => failure(() => prepareBackend(name, options)),
  compute,
  warmUp: () => prepared().warmUp(network),
  computeDuringWarmUp: async () => (await Promise.all([prepared().warmUp(network), compute()]))[1],
  numTensors: () => tf.memory().numTensors,
  /** A tensor four bytes times `length`, made and added to on the device. */
  overLimit: (length: number) =>
    failure(() => prepared().guard(() => tf.tidy(() => tf.add(tf.fill([length], 1), 1).dispose()))),
  loseContext: () => {
    const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
    gl.getExtension("WEBGL_lose_context")?.loseContext();
    return failure(compute);
  },
  dispose: () => backend?.dispose(),
};

Object.assign(globalThis, { api });
