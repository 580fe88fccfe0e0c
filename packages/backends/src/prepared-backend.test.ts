import { expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createFailureWatch } from "./failure-watch.js";
import { type PreparedBackend as Prepared, prepareBackend } from "./index.js";
import { type Observation, preparedBackend } from "./prepared-backend.js";

let cpu: Prepared;
beforeAll(async () => {
  cpu = await prepareBackend("cpu");
});
afterAll(() => cpu.dispose());

function withDevice(device: (observation: Observation["watch"]) => Observation["observe"]): Prepared<"cpu"> {
  const watch = createFailureWatch("cpu");
  const observe = device(watch);
  const observation = observe === undefined ? { watch } : { watch, observe };
  const detail = { float32: true, maxTensorBytes: 1000 };
  return preparedBackend({ name: "cpu", description: "", detail, observation, release: () => undefined });
}

describe("guard", () => {
  it("disposes the tensors of a result that the device did not compute", async () => {
    const backend = withDevice((watch) => () => async () => watch.report("out of memory"));
    await expectNoLeaks(async () => {
      await expect(backend.guard(() => ({ y: tf.ones([2]), all: [tf.ones([3])] }))).rejects.toThrow("out of memory");
    });
  });

  it("says what the device reported rather than what the code then stumbled over, and keeps that as the cause", async () => {
    const backend = withDevice((watch) => () => async () => watch.report("out of memory"));
    const cause = new TypeError("undefined is not a tensor");
    const guarded = backend.guard(() => Promise.reject(cause));
    await expect(guarded).rejects.toMatchObject({ code: "backend-failed", cause });
  });

  it("ends when the device is lost, though a read never does", async () => {
    let lose: () => void = () => undefined;
    const backend = withDevice((watch) => {
      lose = () => watch.lose("driver reset");
      return undefined;
    });
    const guarded = backend.guard(() => new Promise(() => undefined));
    lose();
    await expect(guarded).rejects.toThrow("the cpu device was lost: driver reset");
    await expect(backend.guard(() => 1)).rejects.toThrow("driver reset");
  });

  it("makes its backend the active one", async () => {
    const wasm = await prepareBackend("wasm");
    expect(tf.getBackend()).toBe("wasm");
    expect(await cpu.guard(() => tf.getBackend())).toBe("cpu");
    expect(await wasm.guard(() => tf.getBackend())).toBe("wasm");
    wasm.dispose();
    expect(tf.getBackend()).toBe("cpu");
  });

  it("keeps the work of two backends that run side by side apart, and their tensors where they are", async () => {
    const wasm = await prepareBackend("wasm");
    const tensorsOf = (name: string) => tf.engine().registry[name]?.numDataIds();
    const double = (x: tf.Tensor) => async () => {
      const name = tf.getBackend();
      const y = tf.mul(x, 2);
      const values = await y.data();
      y.dispose();
      return [name, ...values];
    };
    const a = await cpu.guard(() => tf.tensor1d([1, 2]));
    const b = await wasm.guard(() => tf.tensor1d([3, 4]));
    const both = await Promise.all([cpu.guard(double(a)), wasm.guard(double(b)), cpu.guard(double(a))]);
    expect(both).toEqual([
      ["cpu", 2, 4],
      ["wasm", 6, 8],
      ["cpu", 2, 4],
    ]);
    expect([tensorsOf("cpu"), tensorsOf("wasm")]).toEqual([1, 1]);
    tf.dispose([a, b]);
    wasm.dispose();
  });
});

describe("warmUp", () => {
  it("keeps other work waiting while programs compile, and runs on its own backend though another became active", async () => {
    tf.env().registerFlag("COMPILES_ONLY", () => false);
    let compiled: () => void = () => undefined;
    const finish = () =>
      new Promise<void>((resolve) => {
        compiled = resolve;
      });
    const backend = preparedBackend({
      name: "cpu",
      description: "",
      detail: { float32: true, maxTensorBytes: 1000 },
      observation: { watch: createFailureWatch("cpu") },
      compileAhead: { flag: "COMPILES_ONLY", finish },
      release: () => undefined,
    });
    const events: string[] = [];
    const warm = backend.warmUp(() => {
      events.push(`warm-up on ${tf.getBackend()}`);
      return tf.ones([1]);
    });
    const work = cpu.guard(() => void events.push("work"));
    const wasm = await prepareBackend("wasm");
    expect(events).toEqual(["warm-up on cpu"]);
    compiled();
    await Promise.all([warm, work]);
    expect(events.sort()).toEqual(["warm-up on cpu", "warm-up on cpu", "work"]);
    wasm.dispose();
  });
});

describe("assertFits", () => {
  it("lets pass what fits, and names size and limit of what does not", () => {
    const backend = withDevice(() => undefined);
    backend.assertFits(1000);
    expect(() => backend.assertFits(1001, "the activations of block 3")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the activations of block 3 of 1001 bytes does not fit the cpu backend
        expected: at most 1000 bytes
        received: 1001 bytes
        hint: use a smaller batch or image, or the wasm backend]
    `);
  });
});
