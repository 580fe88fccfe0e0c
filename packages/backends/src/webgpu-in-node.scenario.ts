/**
 * What the WebGPU tests look at, in a process of its own: a dynamic linker reads its environment only at the start.
 * Prints one line of JSON.
 */
import { createRequire } from "node:module";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { capabilities, prepareBackend } from "./index.js";

const IMAGE = Array.from({ length: 6 * 6 * 3 }, (_, i) => Math.sin(i));
const KERNEL = Array.from({ length: 3 * 3 * 3 * 5 }, (_, i) => Math.cos(i));

/** A padded, strided convolution and a product on it, [1, 4]. */
function network(): tf.Tensor {
  return tf.tidy(() => {
    const y = tf.conv2d(tf.tensor4d(IMAGE, [1, 6, 6, 3]), tf.tensor4d(KERNEL, [3, 3, 3, 5]), 2, "same");
    const head = tf.tensor2d(IMAGE.slice(0, 45 * 2).concat(KERNEL.slice(0, 45 * 2)), [45, 4]);
    return tf.matMul(tf.reshape(y, [1, 45]), head);
  });
}

async function compute(): Promise<readonly number[]> {
  const y = network();
  const values = [...(await y.data())];
  y.dispose();
  return values;
}

async function failure(run: () => Promise<unknown>): Promise<{ code: unknown; message: string }> {
  try {
    return { code: undefined, message: String(await run()) };
  } catch (error) {
    const { message, code } = error as Error & { code?: unknown };
    return { code, message };
  }
}

const globalsNow = () => ["navigator", "GPUBuffer", "GPUMapMode"].filter((key) => key in globalThis);

const globalsBefore = globalsNow();
const { backends } = await capabilities();
const globalsAfterProbe = globalsNow();
const cpu = await prepareBackend("cpu");
const expected = await cpu.guard(compute);
cpu.dispose();

if (!backends.webgpu.available) {
  console.log(
    JSON.stringify({ availability: backends.webgpu, failure: await failure(() => prepareBackend("webgpu")) }),
  );
} else {
  const backend = await prepareBackend("webgpu");
  const numTensors = tf.memory().numTensors;
  const warmUp = await backend.warmUp(network);
  const received = await backend.guard(compute);
  const leakedByRuns = tf.memory().numTensors - numTensors;

  const tooLarge = backend.detail.maxStorageBufferBindingSize / 4 + 1024;
  const overLimit = await failure(() => backend.guard(() => tf.add(tf.fill([tooLarge], 1), 1)));
  const fits = await failure(async () => backend.assertFits(tooLarge * 4, "the batch"));
  const afterFailure = await backend.guard(compute);

  const second = await prepareBackend("webgpu");
  const overlapping = await Promise.allSettled([
    backend.guard(() => tf.tidy(() => tf.add(tf.fill([tooLarge], 1), 1).dispose())),
    second.guard(compute),
  ]);
  second.dispose();

  const syncRead = await failure(() => backend.guard(() => tf.tidy(() => network().dataSync())));

  const { device } = tf.backend() as WebGPUBackend;
  device.createShaderModule({ code: "not WGSL" });
  await device.queue.onSubmittedWorkDone();
  const invalidShader = await failure(async () => backend.check());
  const afterCheck = await failure(async () => backend.check());

  device.destroy();
  await device.lost;
  const lost = await failure(() => backend.guard(compute));
  backend.dispose();
  const globalsAfterDispose = globalsNow();

  const again = await prepareBackend("webgpu");
  const receivedAgain = await again.guard(compute);
  again.dispose();

  console.log(
    JSON.stringify({
      availability: backends.webgpu,
      description: backend.description,
      warmUp,
      expected,
      received,
      leakedByRuns,
      overLimit,
      fits,
      afterFailure,
      overlapping: overlapping.map(({ status }) => status),
      syncRead,
      tfjsCores: Object.keys(createRequire(import.meta.url).cache).filter((file) => file.endsWith("tf-core.node.js"))
        .length,
      invalidShader,
      afterCheck,
      lost,
      receivedAgain,
      globals: { before: globalsBefore, afterProbe: globalsAfterProbe, afterDispose: globalsAfterDispose },
    }),
  );
}
