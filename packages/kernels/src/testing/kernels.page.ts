import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { batchNormActivation, prepareTraining, silu } from "../index.js";

setWasmPaths("/wasm/");

/** Silent zeros are how webgpu fails; what is wrong with a shader comes out here. */
const failures: string[] = [];

async function start(backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start here`);
  const { device } = tf.backend() as unknown as { device?: EventTarget };
  device?.addEventListener("uncapturederror", (event) =>
    failures.push(String((event as { error?: Error }).error?.message)),
  );
  await prepareTraining();
}

/** Value and gradients as plain arrays, and how many tensors are left. */
async function answer(run: () => tf.Tensor[]) {
  const before = tf.memory().numTensors;
  const tensors = tf.tidy(run);
  const values = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
  tf.dispose(tensors);
  return { values, left: tf.memory().numTensors - before, failures };
}

const api = {
  silu: async (backend: string, x: Float32Array, dy: Float32Array, shape: number[]) => {
    await start(backend);
    return answer(() => {
      const input = tf.tensor(x, shape);
      const gradient = tf.grad((value) => silu(value))(input, tf.tensor(dy, shape));
      return [silu(input), gradient];
    });
  },
  norm: async (backend: string, x: Float32Array, dy: Float32Array, shape: number[]) => {
    await start(backend);
    return answer(() => {
      const channels = shape.at(-1) ?? 1;
      const inputs = [tf.tensor(x, shape), tf.range(1, channels + 1), tf.range(0, channels)] as const;
      const run = (...[a, gamma, beta]: tf.Tensor[]) =>
        batchNormActivation(a as tf.Tensor, gamma as tf.Tensor1D, beta as tf.Tensor1D, 1e-3, "silu").y;
      const { value, grads } = tf.valueAndGrads(run)([...inputs], tf.tensor(dy, shape));
      return [value, ...grads];
    });
  },
};

Object.assign(globalThis, { api });
