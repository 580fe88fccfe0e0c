import type { PlanBuffer } from "@efficientnet/plan";
import { uniformArray } from "@efficientnet-tooling/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine, type EngineOutput } from "./index.js";
import { BUILDS } from "./testing/builds.js";
import { smallPlan } from "./testing/small-plan.js";

const messageOf = async (call: () => Promise<unknown>): Promise<string> => {
  try {
    await call();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
};

const bits = ({ values }: EngineOutput) => [...new Uint32Array(values.buffer, values.byteOffset, values.length)];
const EXAMPLE = 64 * 64 * 3;
const pictures = (count: number) => uniformArray("pictures", count * EXAMPLE, 2);

afterEach(() => void vi.unstubAllGlobals());

describe.each(BUILDS)("an engine of the %s build", (build) => {
  it("gives the same bits on every run, with one, two or five threads", async () => {
    const plan = smallPlan();
    const answers: (readonly number[])[] = [];
    for (const threads of [1, 2, 5]) {
      const engine = await createEngine(plan, { build, threads });
      expect(engine).toMatchObject({ build, threads });
      for (let i = 0; i < 3; i++) answers.push(bits((await engine.run(pictures(1))).logits!));
      engine.dispose();
    }
    for (const answer of answers) expect(answer).toEqual(answers[0]);
  });

  it.each([1, 3])("gives an example the same bits whatever stands beside it, with %d threads", async (threads) => {
    const alone = await createEngine(smallPlan(), { build, threads: 1 });
    const together = await createEngine(smallPlan({ batch: 4 }), { build, threads });
    const batch = pictures(7);
    const answer = await together.run(batch);
    expect(answer.logits!.shape).toEqual([7, 1000]);
    expect(answer.embedding!.shape).toEqual([7, 256]);
    for (let n = 0; n < 7; n++) {
      const one = await alone.run(batch.slice(n * EXAMPLE, (n + 1) * EXAMPLE));
      for (const name of ["logits", "embedding"] as const) {
        const { shape, values } = answer[name]!;
        const row = values.slice(n * shape[1]!, (n + 1) * shape[1]!);
        expect(bits({ shape, values: row })).toEqual(bits(one[name]!));
      }
    }
    alone.dispose();
    together.dispose();
  });

  it("takes pixels where the plan normalises them, and answers alike, also at the border", async () => {
    const normalisation = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const plain = await createEngine(smallPlan({ outputs: ["stem"] }), { build, threads: 1 });
    const raw = await createEngine(smallPlan({ outputs: ["stem"], normalisation }), { build, threads: 1 });
    const pixels = uniformArray("pixels", EXAMPLE, 127.5, 127.5);
    const input = pixels.map((value, i) => (value / 255 - normalisation.mean[i % 3]!) / normalisation.std[i % 3]!);
    const [expected, actual] = [await plain.run(input), await raw.run(pixels)];
    const worst = actual.stem!.values.reduce(
      (most, v, i) => Math.max(most, Math.abs(v - expected.stem!.values[i]!)),
      0,
    );
    expect(worst).toBeLessThan(1e-5);
  });
});

describe("createEngine", () => {
  it("takes the fastest build that the JavaScript engine accepts", async () => {
    const engine = await createEngine(smallPlan(), { threads: 1 });
    expect(engine.build).toBe(BUILDS.at(-1));
    expect(engine.threadsReason).toBe("one thread was asked for");
    expect(engine.memoryBytes % 65536).toBe(0);
  });

  it("runs on one thread, and says why, where memory cannot be shared", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    const engine = await createEngine(smallPlan(), { threads: 2 });
    expect(engine.threads).toBe(1);
    expect(engine.threadsReason).toBe("memory cannot be shared: the page is not cross-origin isolated");
    expect((await engine.run(pictures(1))).logits!.values).toHaveLength(1000);
  });

  it("hands out arrays of its own, which a later run leaves alone", async () => {
    const engine = await createEngine(smallPlan(), { threads: 1 });
    const first = await engine.run(pictures(1));
    const kept = bits(first.logits!);
    await engine.run(pictures(1).fill(1));
    expect(bits(first.logits!)).toEqual(kept);
  });

  it("refuses inputs that are no whole examples, and none at all", async () => {
    const engine = await createEngine(smallPlan(), { threads: 1 });
    expect(await messageOf(() => engine.run(new Float32Array(100)))).toMatchInlineSnapshot(`
      "EfficientNetError: the input has 100 values
        expected: a positive multiple of 12288, for [?,64,64,3]
        received: 0.01 examples"
    `);
    expect(await messageOf(() => engine.run(new Float32Array()))).toMatchInlineSnapshot(`
      "EfficientNetError: the input has 0 values
        expected: a positive multiple of 12288, for [?,64,64,3]
        received: 0.00 examples"
    `);
  });

  it("does not run after it was disposed, and can be disposed twice", async () => {
    const engine = await createEngine(smallPlan(), { threads: 2 });
    engine.dispose();
    engine.dispose();
    expect(await messageOf(() => engine.run(pictures(1)))).toMatchInlineSnapshot(
      `"EfficientNetError: the engine was disposed, so it cannot run"`,
    );
  });

  it("stops where its signal has fired", async () => {
    const signal = AbortSignal.abort();
    await expect(createEngine(smallPlan(), { signal })).rejects.toMatchObject({ code: "aborted" });
    const engine = await createEngine(smallPlan(), { threads: 1 });
    expect(await messageOf(() => engine.run(pictures(1), { signal }))).toMatchInlineSnapshot(
      `"EfficientNetError: the engine was aborted"`,
    );
  });

  it.each(["dispose", "abort"] as const)(
    "lets others run between the parts of a batch, where %s ends it",
    async (way) => {
      const engine = await createEngine(smallPlan(), { threads: 2 });
      const controller = new AbortController();
      setImmediate(() => (way === "abort" ? controller.abort() : engine.dispose()));
      const running = engine.run(pictures(50), { signal: controller.signal });
      await expect(running).rejects.toMatchObject({ code: way === "abort" ? "aborted" : "disposed" });
      engine.dispose();
    },
  );

  it("keeps two runs apart that go on at the same time", async () => {
    const engine = await createEngine(smallPlan(), { threads: 1 });
    const [a, b] = [pictures(3), uniformArray("others", 3 * EXAMPLE, 2)];
    const together = await Promise.all([engine.run(a), engine.run(b)]);
    expect(together).toEqual([await engine.run(a), await engine.run(b)]);
  });

  it("says how much memory a plan would need when WebAssembly cannot address it", async () => {
    const plan = smallPlan();
    expect(await messageOf(() => createEngine({ ...plan, arenaSize: 2 ** 31 }))).toMatchInlineSnapshot(`
      "EfficientNetError: test-efficientnet at batch 1 needs 8.00 GiB of memory
        expected: at most 4.00 GiB, the most that WebAssembly can address
        received: 0.00 GiB of weights and scratch, 8.00 GiB of maps
        hint: compile the plan for a smaller batch or input"
    `);
  });

  it("says how much memory was refused", async () => {
    class Refusing {
      constructor() {
        throw new RangeError("could not allocate memory");
      }
    }
    vi.stubGlobal("WebAssembly", { ...WebAssembly, validate: WebAssembly.validate, Memory: Refusing });
    expect(await messageOf(() => createEngine(smallPlan(), { threads: 1 }))).toMatchInlineSnapshot(`
      "EfficientNetError: test-efficientnet needs 3 MB of memory, which was refused
        hint: compile the plan for a smaller batch or input, or dispose other engines"
    `);
  });

  it("says that it needs SIMD where there is none", async () => {
    vi.stubGlobal("WebAssembly", { validate: () => false });
    expect(await messageOf(() => createEngine(smallPlan()))).toMatchInlineSnapshot(`
      "EfficientNetError: this JavaScript engine does not run simd WebAssembly
        hint: use the cpu backend of tfjs"
    `);
    expect(await messageOf(() => createEngine(smallPlan(), { build: "relaxed-simd" }))).toMatchInlineSnapshot(`
      "EfficientNetError: this JavaScript engine does not run relaxed-simd WebAssembly
        hint: leave the build out, or ask for "simd""
    `);
  });

  it("refuses impossible numbers of threads, and maps that are too narrow for its kernels", async () => {
    expect(await messageOf(() => createEngine(smallPlan(), { threads: 0 }))).toMatchInlineSnapshot(`
      "EfficientNetError: threads must be a positive integer
        received: 0"
    `);
    const plan = smallPlan();
    const { output } = plan.steps.find(({ kind }) => kind === "depthwise")!;
    const buffers = plan.buffers.map((one, i): PlanBuffer => (i === output ? { ...one, channels: 3 } : one));
    expect(await messageOf(() => createEngine({ ...plan, buffers }))).toMatchInlineSnapshot(`
      "EfficientNetError: stages.3.0.depthwise has 3 channels
        expected: at least 4 channels in a depthwise convolution"
    `);
  });
});
