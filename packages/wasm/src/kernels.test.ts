import type { ConvStep, DenseStep, DepthwiseStep, Plan, PoolStep, SqueezeStep } from "@efficientnet/plan";
import type { Activation } from "@efficientnet/specs";
import { expectClose, uniformArray } from "@efficientnet-tooling/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "./create-engine.js";
import { activationCode } from "./encode-steps.js";
import { binaryOf, type KernelBuild, type KernelExports } from "./kernel-build.js";
import { BUILDS } from "./testing/builds.js";
import { ACTIVATE, naiveConv, naiveDepthwise } from "./testing/naive.js";
import { type MapSize, stepPlan } from "./testing/step-plan.js";

const RUNS = { numRuns: 40 };
const side = fc.integer({ min: 1, max: 11 });
const channels = fc.integer({ min: 1, max: 21 });
const activation = fc.constantFrom<Activation | null>(null, "silu", "relu", "relu6", "hard-swish", "mish");
const batches = fc.constantFrom(1, 3);
const threadCounts = fc.constantFrom(1, 1, 3);
const size = ([height, width, depth]: MapSize, batch: number) => batch * height * width * depth;

/** Runs a plan once, on an engine of its own. */
async function run(plan: Plan, input: Float32Array, build: KernelBuild, threads: number) {
  const engine = await createEngine(plan, { build, threads });
  try {
    return await engine.run(input);
  } finally {
    engine.dispose();
  }
}

describe.each(BUILDS)("kernels of the %s build", (build) => {
  it("a convolution of any size, stride, padding, activation and border is the sum that defines it", async () => {
    const shape = fc.record({
      ...{
        height: side,
        width: side,
        // From 16 on, a 3x3 kernel may take Winograd's form, which has its own test.
        inChannels: fc.integer({ min: 1, max: 15 }),
        outChannels: channels,
        batch: batches,
        threads: threadCounts,
      },
      ...{
        kernelSize: fc.integer({ min: 1, max: 5 }),
        stride: fc.constantFrom(1, 2, 3),
        activation,
        bordered: fc.boolean(),
      },
      pad: fc.nat(2),
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ batch, threads, kernelSize, stride, activation, bordered, ...sizes }) => {
        const pad = Math.min(sizes.pad, kernelSize - 1);
        const from: MapSize = [sizes.height, sizes.width, sizes.inChannels];
        const out = (length: number) => Math.floor(Math.max(0, length + 2 * pad - kernelSize) / stride) + 1;
        const to: MapSize = [out(sizes.height), out(sizes.width), sizes.outChannels];
        const step: ConvStep = {
          ...{ kind: "conv", name: "conv", input: 0, output: 1, kernel: 0, bias: 1, gate: null, residual: null },
          ...{ kernelSize, stride, padTop: pad, padLeft: pad, activation, border: bordered ? 2 : null },
        };
        const input = uniformArray("input", size(from, batch), 2);
        const kernel = uniformArray("kernel", kernelSize ** 2 * sizes.inChannels * sizes.outChannels, 0.3);
        const bias = uniformArray("bias", sizes.outChannels);
        const border = uniformArray("border", sizes.inChannels);
        const plan = stepPlan(step, batch, [from, to], [kernel, bias, border]);
        const answer = await run(plan, input, build, threads);
        const operands = { input, kernel, bias, border: bordered ? border : undefined };
        expectClose(answer["1"]!.values, naiveConv(step, { batch, from, to }, operands), 2e-5);
      }),
      RUNS,
    );
  });

  it("a gate multiplies the input of a 1x1 convolution, and a residual is added after its activation", async () => {
    const shape = fc.record({ height: side, width: side, channels, batch: batches, threads: threadCounts, activation });
    await fc.assert(
      fc.asyncProperty(shape, async ({ height, width, channels, batch, threads, activation }) => {
        const map: MapSize = [height, width, channels];
        const gated: ConvStep = {
          ...{ kind: "conv", name: "conv", input: 0, output: 1, kernel: 0, bias: 1, gate: 2, residual: 0 },
          ...{ kernelSize: 1, stride: 1, padTop: 0, padLeft: 0, activation, border: null },
        };
        const input = uniformArray("input", size(map, batch), 2);
        const constants = [uniformArray("kernel", channels ** 2, 0.3), uniformArray("bias", channels)];
        const [kernel, bias] = constants as [Float32Array, Float32Array];
        // The gate is the mean of the input, so that it differs from example to example.
        const pooled: PoolStep = { kind: "pool", name: "pool", input: 0, output: 2 };
        const plan = { ...stepPlan(pooled, batch, [map, map, [1, 1, channels]], constants), steps: [pooled, gated] };
        const answer = await run(plan, input, build, threads);
        const gate = answer["2"]!.values;
        const positions = height * width;
        const scaled = input.map(
          (value, i) => value * gate[Math.floor(i / positions / channels) * channels + (i % channels)]!,
        );
        const plain = naiveConv(
          { ...gated, gate: null },
          { batch, from: map, to: map },
          { input: scaled, kernel, bias },
        );
        expectClose(
          answer["1"]!.values,
          plain.map((value, i) => value + input[i]!),
          2e-5,
        );
      }),
      RUNS,
    );
  });

  it("channels that are no multiple of four, whose last group overlaps another, come from one thread", async () => {
    const step: DepthwiseStep = {
      ...{ kind: "depthwise", name: "depthwise", input: 0, output: 1, kernel: 0, bias: 1, kernelSize: 3, stride: 1 },
      ...{ padTop: 1, padLeft: 1, activation: "silu", sums: null },
    };
    // Few rows, so that threads share out the channels.
    const map: MapSize = [3, 64, 19];
    const constants = [uniformArray("kernel", 9 * 19, 0.5), uniformArray("bias", 19)];
    const input = uniformArray("input", size(map, 1), 2);
    const [alone, together] = [1, 2].map((threads) =>
      createEngine(stepPlan(step, 1, [map, map], constants), { build, threads }),
    );
    const expected = (await (await alone!).run(input))["1"]!.values;
    for (let run = 0; run < 300; run++) expect((await (await together!).run(input))["1"]!.values).toEqual(expected);
    (await alone!).dispose();
    (await together!).dispose();
  });

  it.each([
    ["relu", [Number.POSITIVE_INFINITY, Number.NaN, 0, 8]],
    ["relu6", [6, Number.NaN, 0, 6]],
  ] as const)("%s keeps what is not a number, and bounds what is", async (activation, expected) => {
    const step: DepthwiseStep = {
      ...{ kind: "depthwise", name: "depthwise", input: 0, output: 1, kernel: 0, bias: 1, kernelSize: 1, stride: 1 },
      ...{ padTop: 0, padLeft: 0, activation, sums: null },
    };
    const map: MapSize = [1, 1, 4];
    const plan = stepPlan(step, 1, [map, map], [new Float32Array(4).fill(1), new Float32Array(4)]);
    const input = Float32Array.of(Number.POSITIVE_INFINITY, Number.NaN, -1, 8);
    expect([...(await run(plan, input, build, 1))["1"]!.values]).toEqual(expected);
  });

  it("a depthwise convolution of any size is the sum that defines it, and its sums are those of its rows", async () => {
    const shape = fc.record({
      ...{ height: side, width: fc.integer({ min: 1, max: 23 }), channels: fc.integer({ min: 4, max: 21 }) },
      ...{ kernelSize: fc.constantFrom(1, 2, 3, 4, 5, 7), stride: fc.constantFrom(1, 2, 3), activation },
      ...{ batch: batches, threads: threadCounts, pad: fc.nat(3), summed: fc.boolean() },
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ height, width, channels, kernelSize, stride, batch, threads, ...rest }) => {
        const pad = Math.min(rest.pad, kernelSize - 1);
        const out = (length: number) => Math.floor(Math.max(0, length + 2 * pad - kernelSize) / stride) + 1;
        const [from, to]: MapSize[] = [
          [height, width, channels],
          [out(height), out(width), channels],
        ] as const;
        const step: DepthwiseStep = {
          ...{ kind: "depthwise", name: "depthwise", input: 0, output: 1, kernel: 0, bias: 1, kernelSize, stride },
          ...{ padTop: pad, padLeft: pad, activation: rest.activation, sums: rest.summed ? 2 : null },
        };
        const input = uniformArray("input", size(from!, batch), 2);
        const kernel = uniformArray("kernel", kernelSize ** 2 * channels, 0.5);
        const bias = uniformArray("bias", channels);
        const plan = stepPlan(step, batch, [from!, to!, [to![0], 1, channels]], [kernel, bias]);
        const answer = await run(plan, input, build, threads);
        const expected = naiveDepthwise(step, { batch, from: from!, to: to! }, { input, kernel, bias });
        expectClose(answer["1"]!.values, expected, 1e-5);
        const sums = new Array<number>(batch * to![0] * channels).fill(0);
        for (const [i, value] of expected.entries()) {
          const row = Math.floor(i / channels / to![1]) * channels + (i % channels);
          if (rest.summed) sums[row]! += value;
        }
        expectClose(answer["2"]!.values, sums, 5e-5);
      }),
      RUNS,
    );
  });

  it("squeeze-and-excitation is two small layers on the mean, and a sigmoid", async () => {
    const shape = fc.record({
      rows: side,
      channels,
      squeezed: channels,
      batch: batches,
      threads: threadCounts,
      activation,
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ rows, channels, squeezed, batch, threads, activation }) => {
        const step: SqueezeStep = {
          ...{ kind: "squeeze", name: "squeeze", input: 0, output: 1, scale: 1 / 7, activation: activation ?? "silu" },
          ...{ reduceKernel: 0, reduceBias: 1, expandKernel: 2, expandBias: 3 },
        };
        const input = uniformArray("input", rows * channels * batch, 2);
        const [reduce, reduceBias] = [uniformArray("reduce", channels * squeezed), uniformArray("rb", squeezed)];
        const [expand, expandBias] = [uniformArray("expand", channels * squeezed), uniformArray("eb", channels)];
        const constants = [reduce, reduceBias, expand, expandBias];
        const plan = stepPlan(
          step,
          batch,
          [
            [rows, 1, channels],
            [1, 1, channels],
          ],
          constants,
        );
        const expected: number[] = [];
        for (let n = 0; n < batch; n++) {
          const mean = Array.from({ length: channels }, (_, c) => {
            let sum = 0;
            for (let row = 0; row < rows; row++) sum += input[(n * rows + row) * channels + c]!;
            return sum / 7;
          });
          const middle = Array.from(reduceBias, (bias, j) =>
            ACTIVATE[step.activation](mean.reduce((sum, value, c) => sum + value * reduce[c * squeezed + j]!, bias)),
          );
          for (const [c, bias] of expandBias.entries()) {
            expected.push(
              ACTIVATE.sigmoid(middle.reduce((sum, value, j) => sum + value * expand[j * channels + c]!, bias)),
            );
          }
        }
        expectClose((await run(plan, input, build, threads))["1"]!.values, expected, 1e-5);
      }),
      RUNS,
    );
  });

  it("pooling is the mean of each channel, and a dense layer is a product with bias", async () => {
    const shape = fc.record({
      ...{ height: side, width: side, channels: fc.integer({ min: 1, max: 40 }), outChannels: channels },
      ...{ batch: batches, threads: threadCounts },
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ height, width, channels, outChannels, batch, threads }) => {
        const pool: PoolStep = { kind: "pool", name: "pool", input: 0, output: 1 };
        const dense: DenseStep = { kind: "dense", name: "dense", input: 1, output: 2, kernel: 0, bias: 1 };
        const [kernel, bias] = [uniformArray("kernel", channels * outChannels), uniformArray("bias", outChannels)];
        const map: MapSize = [height, width, channels];
        const sizes: MapSize[] = [map, [1, 1, channels], [1, 1, outChannels]];
        const plan = { ...stepPlan(pool, batch, sizes, [kernel, bias]), steps: [pool, dense] };
        const input = uniformArray("input", size(map, batch));
        const answer = await run(plan, input, build, threads);
        const positions = height * width;
        const means = new Array<number>(batch * channels).fill(0);
        for (const [i, value] of input.entries()) {
          means[Math.floor(i / positions / channels) * channels + (i % channels)]! += value / positions;
        }
        expectClose(answer["1"]!.values, means, 1e-6);
        const products = Array.from({ length: batch * outChannels }, (_, i) => {
          const [n, out] = [Math.floor(i / outChannels), i % outChannels];
          let sum = bias[out]!;
          for (let c = 0; c < channels; c++) sum += means[n * channels + c]! * kernel[c * outChannels + out]!;
          return sum;
        });
        expectClose(answer["2"]!.values, products, 1e-5);
      }),
      RUNS,
    );
  });

  describe("activations", () => {
    const memory = new WebAssembly.Memory({ initial: 64, maximum: 64 });
    const module = new WebAssembly.Module(binaryOf(build, { shared: false }));
    const kernels = new WebAssembly.Instance(module, { env: { memory } }).exports as unknown as KernelExports;
    kernels.setup();
    const apply = (name: Activation | "sigmoid", values: readonly number[]): Float32Array => {
      const place = new Float32Array(memory.buffer, 4096, Math.ceil(values.length / 4) * 4);
      place.set(values);
      kernels.activateAll(4096, place.length / 4, activationCode(name));
      return place.slice(0, values.length);
    };
    const range = (from: number, to: number, count: number) =>
      Array.from({ length: count }, (_, i) => Math.fround(from + ((to - from) * i) / (count - 1)));

    it("the sigmoid, and so exp behind it, has a relative error below 3e-7 wherever it is a normal number", () => {
      const x = range(-86, 40, 200_000);
      const worst = apply("sigmoid", x).reduce(
        (most, y, i) => Math.max(most, Math.abs(y / ACTIVATE.sigmoid(x[i]!) - 1)),
        0,
      );
      expect(worst).toBeLessThan(3e-7);
    });

    it.each(["silu", "relu", "relu6", "hard-swish", "mish"] as const)(
      "%s follows its definition from -100 to 100",
      (name) => {
        const x = range(-100, 100, 200_001);
        const y = apply(name, x);
        // Relative to the argument: near its zero an activation is a difference of numbers of that size.
        const worst = y.reduce(
          (most, value, i) => Math.max(most, Math.abs(value - ACTIVATE[name](x[i]!)) / (Math.abs(x[i]!) || 1)),
          0,
        );
        expect(worst).toBeLessThan(3e-7);
      },
    );

    it.each(["silu", "relu", "relu6", "hard-swish", "mish", "sigmoid"] as const)(
      "%s keeps NaN, and does not make one of the largest numbers",
      (name) => {
        const [nan, high, low] = apply(name, [Number.NaN, 3e38, -3e38]);
        expect(nan).toBeNaN();
        expect(Number.isNaN(high) || Number.isNaN(low)).toBe(false);
      },
    );
  });
});
