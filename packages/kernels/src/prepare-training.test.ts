import { EfficientNetError } from "@efficientnet/errors";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { beforeAll, describe, expect, it } from "vitest";
import { registerGpuKernels } from "./gpu/register-gpu-kernels.js";
import { prepareTraining } from "./index.js";
import { openHeap } from "./wasm/tfjs-heap.js";
import { kernelsOf } from "./wasm/wasm-kernels.js";

/** A backend under another name, whose kernels are the cpu's but for one. */
function backendWithout(kernel: string): string {
  const name = `cpu without ${kernel}`;
  tf.registerBackend(name, () => tf.engine().findBackendFactory("cpu")?.() as never);
  tf.copyRegisteredKernels("cpu", name);
  tf.unregisterKernel(kernel, name);
  return name;
}

const messageOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof EfficientNetError) return `${error.code}: ${error.message}`;
    throw error;
  }
  throw new Error("nothing was thrown");
};

describe("prepareTraining", () => {
  beforeAll(async () => {
    await tf.setBackend("wasm");
  });

  it("gives wasm what it lacks, and may be called again", async () => {
    await prepareTraining();
    const kernel = tf.getKernel("Conv2DBackpropFilter", "wasm");
    expect(kernel).toBeDefined();
    await prepareTraining();
    expect(tf.getKernel("Conv2DBackpropFilter", "wasm")).toBe(kernel);
  });

  it("names the kernel that a backend lacks, the layer that needs it, and what to do", async () => {
    await tf.setBackend(backendWithout("DepthwiseConv2dNativeBackpropFilter"));
    await expect(prepareTraining()).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the cpu without DepthwiseConv2dNativeBackpropFilter backend has no kernel DepthwiseConv2dNativeBackpropFilter, which the gradient of a depthwise convolution's kernel needs
        hint: train on the webgpu, webgl, wasm or cpu backend of tfjs 4.22.0]
    `);
    await tf.setBackend("wasm");
  });

  it("refuses a wasm backend that is not built like that of 4.22.0", () => {
    expect(messageOf(() => openHeap({ wasm: { asm: {}, _malloc: () => 0 } }))).toMatchInlineSnapshot(`
      "unsupported: the wasm backend is not the one that these kernels work inside of
        expected: @tensorflow/tfjs-backend-wasm 4.22.0
        received: 4.22.0, without an allocator and a memory and a table of tensors
        hint: install @tensorflow/tfjs-core and @tensorflow/tfjs-backend-wasm 4.22.0, or train on another backend"
    `);
  });

  it("refuses a webgl backend that runs no programs", () => {
    expect(messageOf(() => registerGpuKernels("webgl", {}))).toMatchInlineSnapshot(`
      "unsupported: the webgl backend does not run programs of others
        expected: runWebGLProgram of @tensorflow/tfjs-backend-webgl 4.22.0
        hint: install the tfjs packages of version 4.22.0"
    `);
  });

  it("says how much memory was refused, and gives back what it had taken when a kernel fails", async () => {
    const freed: number[] = [];
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const backend = {
      wasm: {
        asm: { memory },
        _malloc: (bytes: number) => (bytes > 1e6 ? 0 : 1024),
        _free: (at: number) => freed.push(at),
      },
      dataIdMap: { get: () => ({ memoryOffset: 0 }) },
    };
    const kernels = kernelsOf(backend);
    expect(messageOf(() => kernels.withScratch(2e6, () => 0))).toMatchInlineSnapshot(`
      "backend-failed: the wasm backend has no room for 2000000 more bytes
        hint: train with a smaller batch or smaller pictures"
    `);
    expect(freed).toEqual([]);
    expect(() =>
      kernels.withScratch(64, () => {
        throw new RangeError("in the kernel");
      }),
    ).toThrow("in the kernel");
    expect(freed).toEqual([1024]);
  });
});
