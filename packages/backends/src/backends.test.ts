import { expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type BackendName, capabilities, type PreparedBackend, prepareBackend } from "./index.js";

/** A 3x3 convolution of ones over ones, plus a product, summed: known without a computer. */
function convolutionAndProduct(): tf.Tensor {
  return tf.tidy(() => {
    const image = tf.ones<tf.Rank.R4>([1, 8, 8, 2]);
    const y = tf.conv2d(image, tf.ones<tf.Rank.R4>([3, 3, 2, 4]), 1, "valid");
    return tf.matMul(tf.reshape(y, [36, 4]), tf.ones([4, 1]));
  });
}

async function run(backend: PreparedBackend): Promise<readonly number[]> {
  return backend.guard(async () => {
    const y = convolutionAndProduct();
    const values = [...(await y.data())];
    y.dispose();
    return values;
  });
}

describe.each<BackendName>(["wasm", "cpu"])("the %s backend", (name) => {
  it("is prepared, becomes the active one, computes, and leaves no tensors", async () => {
    const backend = await prepareBackend(name);
    try {
      expect(tf.getBackend()).toBe(name);
      expect(backend.name).toBe(name);
      await expectNoLeaks(async () => {
        expect(await run(backend)).toEqual(new Array(36).fill(72));
      });
    } finally {
      backend.dispose();
    }
  });

  it("is shared by those who prepared it, and freed by the last", async () => {
    const first = await prepareBackend(name);
    const second = await prepareBackend(name);
    const instance = tf.backend();
    first.dispose();
    first.dispose();
    expect(tf.backend()).toBe(instance);
    expect((await run(second))[0]).toBe(72);
    second.dispose();
    expect(tf.engine().registry[name]).toBeUndefined();
    const third = await prepareBackend(name);
    expect(tf.backend()).not.toBe(instance);
    expect((await run(third))[0]).toBe(72);
    third.dispose();
  });

  it("passes on what the guarded code throws, and says when it is used too late", async () => {
    const backend = await prepareBackend(name);
    await expect(
      backend.guard(() => {
        throw new RangeError("mine");
      }),
    ).rejects.toThrow(new RangeError("mine"));
    backend.dispose();
    await expect(run(backend)).rejects.toMatchObject({ code: "disposed" });
  });

  it("warms up with a first run", async () => {
    const backend = await prepareBackend(name);
    await expectNoLeaks(async () => {
      const { compileMs, runMs } = await backend.warmUp(convolutionAndProduct);
      expect(compileMs).toBe(0);
      expect(runMs).toBeGreaterThan(0);
    });
    backend.dispose();
  });
});

describe("prepareBackend", () => {
  it("takes wasm in Node unless told otherwise, with SIMD and one thread", async () => {
    const backend = await prepareBackend();
    expect(backend.description).toMatchInlineSnapshot(
      `"wasm, SIMD, 1 thread (tfjs 4.22 switches threads off in Node)"`,
    );
    backend.dispose();
  });

  it("takes the first of a list that runs here, and says why it passed over others", async () => {
    const backend = await prepareBackend(["webgl", "cpu"]);
    expect(backend.name).toBe("cpu");
    expect(backend.description).toMatchInlineSnapshot(
      `"cpu, plain JavaScript; passed over: webgl: the webgl backend cannot run here: Node has no WebGL"`,
    );
    backend.dispose();
  });

  it("names what is not known, what does not run, and why nothing in a list runs", async () => {
    const messageOf = (prepared: Promise<unknown>) => prepared.then(String, (error: Error) => error.message);
    expect(await messageOf(prepareBackend("webgp" as BackendName))).toMatchInlineSnapshot(`
      "unknown backend "webgp"
        hint: did you mean webgpu, webgl?"
    `);
    expect(await messageOf(prepareBackend("webgl"))).toMatchInlineSnapshot(`
      "the webgl backend cannot run here: Node has no WebGL
        hint: use the wasm backend"
    `);
    expect(await messageOf(prepareBackend(["webgl", "webgl"]))).toMatchInlineSnapshot(`
      "none of these backends runs here: webgl, webgl
        received: webgl: the webgl backend cannot run here: Node has no WebGL; webgl: the webgl backend cannot run here: Node has no WebGL
        hint: npm install @tensorflow/tfjs-backend-wasm@4.22.0, which runs in every browser and in Node"
    `);
  });
});

describe("a full wasm heap", () => {
  it.each([
    ["more than 32 bits can count", 2 ** 30 + 1],
    ["more than the heap may grow", 2 ** 30 - 1000],
  ])("throws instead of computing into address 0, for a tensor of %s", async (_, length) => {
    const backend = await prepareBackend("wasm");
    const allocate = () => tf.backend().write(null as unknown as tf.BackendValues, [length], "float32");
    await expect(backend.guard(allocate)).rejects.toMatchObject({ code: "backend-failed" });
    expect((await run(backend))[0]).toBe(72);
    backend.dispose();
  });
});

describe("capabilities", () => {
  it("describes this machine without initialising a backend", async () => {
    const { runtime, order, backends } = await capabilities();
    expect(runtime).toBe("node");
    expect(order).toEqual(["wasm", "cpu"]);
    expect(backends.cpu.available).toBe(true);
    expect(backends.webgl).toMatchInlineSnapshot(`
      {
        "available": false,
        "hint": "use the wasm backend",
        "reason": "Node has no WebGL",
      }
    `);
    expect(backends.wasm).toMatchInlineSnapshot(`
      {
        "available": true,
        "detail": {
          "crossOriginIsolated": false,
          "float32": true,
          "maxTensorBytes": 4294901760,
          "simd": true,
          "threads": 1,
          "threadsReason": "tfjs 4.22 switches threads off in Node",
        },
        "reason": "WebAssembly runs here",
      }
    `);
    expect(Object.keys(tf.engine().registry)).toEqual([]);
  });
});
