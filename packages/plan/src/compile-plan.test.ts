import {
  type ArchitectureSpec,
  countMacs,
  getSpec,
  tensorShapes,
  traceShapes,
  VARIANT_NAMES,
} from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { compilePlan, constantSize, describePlan, outputNames, stepCosts } from "./index.js";

const readerOf = (spec: ArchitectureSpec) => {
  const shapes = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  return (name: string) => {
    const { role, shape } = shapes.get(name)!;
    const size = shape.reduce((product, side) => product * side, 1);
    return role === "variance" || role === "gamma" ? uniformArray(name, size, 0.25, 1) : uniformArray(name, size, 0.1);
  };
};
const zeros = (spec: ArchitectureSpec) => {
  const shapes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]));
  return (name: string) => new Float32Array(shapes.get(name) ?? 0);
};
const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return String(error);
  }
  return "nothing was thrown";
};

const small = getSpec("test-efficientnet");
/** Those of more than 100 million parameters take long to fill and have the same blocks as the others. */
const variants = VARIANT_NAMES.filter((name) => !/condconv|l2|b[5-8]|-m$|-l$|-xl$/.test(name));

describe("compilePlan", () => {
  it.each(variants)("%s: its steps cost what its spec says, and end in the shapes that the spec traces", (name) => {
    const spec = getSpec(name);
    const plan = compilePlan(spec, zeros(spec), { imageSize: { height: 97, width: 64 }, batch: 2 });
    const macs = stepCosts(plan).reduce((sum, cost) => sum + cost.macs, 0);
    expect(macs).toBe(2 * countMacs(spec, { height: 97, width: 64 }).total);
    const traced = traceShapes(spec, { height: 97, width: 64 }, { batch: 2 });
    expect(plan.outputs.map(({ shape }) => shape)).toEqual([traced.at(-1)!.output, traced.at(-2)!.output]);
  });

  it("reads every tensor once, and kernels only when they are asked for", () => {
    const read: string[] = [];
    const reader = readerOf(small);
    const plan = compilePlan(small, (name) => {
      read.push(name);
      return reader(name);
    });
    expect(read.filter((name) => name.endsWith("kernel"))).toEqual([]);
    for (const constant of plan.constants) expect(constant.values.length).toBe(constantSize(constant));
    expect(read.sort()).toEqual(
      tensorShapes(small)
        .map(({ name }) => name)
        .sort(),
    );
  });

  it("gives no two buffers that live at the same time a common place", () => {
    const plan = compilePlan(small, zeros(small), { imageSize: 65, batch: 3, outputs: outputNames(small) });
    const places = plan.buffers.map((buffer) => ({
      ...buffer,
      end: buffer.offset + 3 * buffer.height * buffer.width * buffer.channels,
    }));
    for (const [i, a] of places.entries()) {
      expect(a.end).toBeLessThanOrEqual(plan.arenaSize);
      for (const b of places.slice(i + 1)) {
        const together = a.firstStep <= b.lastStep && b.firstStep <= a.lastStep;
        if (together) expect(a.end <= b.offset || b.end <= a.offset, `${a.name} and ${b.name}`).toBe(true);
      }
    }
  });

  it("needs an arena no larger than what lives at once, in B0 a fifth of all its maps", () => {
    const b0 = getSpec("efficientnet-b0");
    const plan = compilePlan(b0, zeros(b0), { imageSize: 224 });
    const sizes = plan.buffers.map((buffer) => ({ ...buffer, size: buffer.height * buffer.width * buffer.channels }));
    const sum = (some: typeof sizes) => some.reduce((total, { size }) => total + size, 0);
    const live = plan.steps.map((_, i) =>
      sum(sizes.filter(({ firstStep, lastStep }) => firstStep <= i && i <= lastStep)),
    );
    expect(plan.arenaSize / Math.max(...live)).toBeLessThan(1.001);
    expect(plan.arenaSize / sum(sizes)).toBeLessThan(0.22);
  });

  it("stops after the last output that is asked for", () => {
    const plan = compilePlan(small, zeros(small), { imageSize: 64, outputs: ["stages.1", "stem"] });
    expect(plan.outputs.map(({ name, shape }) => `${name} ${shape}`)).toEqual([
      "stages.1 1,16,16,24",
      "stem 1,32,32,24",
    ]);
    expect(plan.steps.at(-1)?.name).toMatch(/^stages\.1\./);
  });

  it("compiles a network without classifier to its embedding", () => {
    const headless = { ...small, head: { ...small.head, classes: null } };
    expect(compilePlan(headless, zeros(headless)).outputs.map(({ name }) => name)).toEqual(["embedding"]);
    expect(messageOf(() => compilePlan(headless, zeros(headless), { outputs: ["logits"] }))).toMatchInlineSnapshot(`
      "EfficientNetError: test-efficientnet has no classifier, so it has no logits
        hint: ask for the embedding"
    `);
  });

  it("folds batch norms in float64", () => {
    const read = readerOf(small);
    const plan = compilePlan(small, read);
    const constant = (name: string) => plan.constants.find((one) => one.name === name)!.values;
    const [gamma, beta, mean, variance] = ["gamma", "beta", "mean", "variance"].map((part) =>
      read(`stem.norm.${part}`),
    );
    const kernel = read("stem.conv.kernel");
    for (const [i, folded] of constant("stem.kernel").entries()) {
      const out = i % gamma!.length;
      const factor = gamma![out]! / Math.sqrt(variance![out]! + small.batchNorm.epsilon);
      expect(folded).toBe(Math.fround(kernel[i]! * factor));
      expect(constant("stem.bias")[out]).toBe(Math.fround(beta![out]! - mean![out]! * factor));
    }
  });

  it("folds the normalisation of pixels into the stem, with the mean colour outside the picture", () => {
    const read = readerOf(small);
    const normalisation = { mean: [0.5, 0.25, 0.75], std: [0.5, 0.2, 0.1] };
    const plain = compilePlan(small, read);
    const pixels = compilePlan(small, read, { normalisation });
    const constant = (plan: typeof plain, name: string) => plan.constants.find((one) => one.name === name)?.values;
    expect([...constant(pixels, "stem.border")!]).toEqual([127.5, 63.75, 191.25]);
    // The mean colour everywhere is zero everywhere after normalising: only the bias is left.
    const kernel = constant(pixels, "stem.kernel")!;
    const bias = constant(pixels, "stem.bias")!;
    for (const [out, expected] of constant(plain, "stem.bias")!.entries()) {
      let sum = bias[out]!;
      for (let i = out; i < kernel.length; i += bias.length) {
        sum += kernel[i]! * 255 * normalisation.mean[Math.floor(i / bias.length) % 3]!;
      }
      expect(sum).toBeCloseTo(expected, 4);
    }
  });

  it.each([
    [225, "same", 1],
    [224, "same", 0],
    [224, "symmetric", 1],
  ] as const)("a 3x3 stem of stride 2 on %d pixels, %s padding, begins %d pixels outside", (size, padding, pad) => {
    const [stem] = compilePlan({ ...small, padding }, zeros(small), { imageSize: size, outputs: ["stem"] }).steps;
    expect(stem).toMatchObject({ kernelSize: 3, stride: 2, padTop: pad, padLeft: pad });
  });

  it("refuses what it cannot serve, with the values", () => {
    const condconv = getSpec("efficientnet-condconv-b0-4e");
    expect(messageOf(() => compilePlan(condconv, zeros(condconv)))).toMatchInlineSnapshot(`
      "EfficientNetError: efficientnet-condconv-b0-4e mixes its kernels per example (CondConv)
        expected: kernels that are the same for every example
        received: 4 experts in stages.4.0
        hint: run it with @efficientnet/model"
    `);
    expect(messageOf(() => compilePlan(small, zeros(small), { outputs: ["stage.1"] }))).toMatchInlineSnapshot(`
      "EfficientNetError: unknown output of test-efficientnet "stage.1"
        hint: did you mean stages.1, stages.1.0, stages.0?"
    `);
    expect(messageOf(() => compilePlan(small, zeros(small), { outputs: [] }))).toMatchInlineSnapshot(`
      "EfficientNetError: no outputs are asked for
        expected: stem, stages.0.0, stages.1.0, stages.2.0, stages.3.0, stages.4.0, head, embedding, logits"
    `);
    expect(messageOf(() => compilePlan(small, zeros(small), { batch: 0 }))).toMatchInlineSnapshot(`
      "EfficientNetError: batch is 0
        expected: a positive integer"
    `);
    expect(messageOf(() => compilePlan(small, zeros(small), { imageSize: 0 }))).toMatchInlineSnapshot(`
      "EfficientNetError: height is 0
        expected: a positive integer"
    `);
    expect(messageOf(() => compilePlan(small, () => new Float32Array(7)))).toMatchInlineSnapshot(`
      "EfficientNetError: stem.bias has 7 values
        expected: [24]"
    `);
    const short = (name: string) => (name === "classifier.kernel" ? new Float32Array(7) : zeros(small)(name));
    const plan = compilePlan(small, short);
    expect(messageOf(() => plan.constants.map(({ values }) => values))).toMatchInlineSnapshot(`
      "EfficientNetError: classifier.kernel has 7 values
        expected: [256,1000]"
    `);
    const even = { ...small, padding: "symmetric" as const, stem: { ...small.stem, kernelSize: 4 } };
    expect(messageOf(() => compilePlan(even, zeros(even), { imageSize: 1 }))).toMatchInlineSnapshot(`
      "EfficientNetError: an input of 1x1 is too small for test-efficientnet
        received: stem would be [1,0,0,24]"
    `);
    const gated = { ...getSpec("efficientnetv2-b0") };
    const [first, ...rest] = gated.stages;
    const odd = { ...gated, stages: [{ ...first!, seRatio: 0.25 }, ...rest] };
    expect(messageOf(() => compilePlan(odd, zeros(odd)))).toMatchInlineSnapshot(`
      "EfficientNetError: stages.0.0 of efficientnetv2-b0 has a gate and no projection to apply it in
        hint: give the stage a projection, or seRatio 0"
    `);
  });
});

describe("describePlan", () => {
  it("prints what is fused, and what every step costs", () => {
    const plan = compilePlan(small, zeros(small), {
      imageSize: 64,
      normalisation: { mean: [0, 0, 0], std: [1, 1, 1] },
    });
    expect(describePlan(plan)).toMatchInlineSnapshot(`
      "test-efficientnet: 17 steps, 9.39 M multiply-adds
      weights 1420 KB, arena 164 KB, maps moved 767 KB
      outputs: logits [1,1000], embedding [1,256]
      step                  kind       output        fused                     M macs  KB maps  KB weights
      stem                  conv       [1,32,32,24]  3x3/2 silu normalisation    0.66      147           3
      stages.0.0.expand     conv       [1,32,32,16]  3x3/1 silu                  3.54      164          14
      stages.1.0.expand     conv       [1,16,16,64]  3x3/2 silu                  2.36      131          37
      stages.1.0.project    conv       [1,16,16,24]  1x1/1                       0.39       90           6
      stages.2.0.expand     conv       [1,8,8,96]    3x3/2 silu                  1.33       49          83
      stages.2.0.project    conv       [1,8,8,32]    1x1/1                       0.20       33          12
      stages.3.0.expand     conv       [1,8,8,128]   1x1/1 silu                  0.26       41          17
      stages.3.0.depthwise  depthwise  [1,4,4,128]   3x3/2 silu sums             0.02       43           5
      stages.3.0.squeeze    squeeze    [1,1,1,128]                               0.00        3           9
      stages.3.0.project    conv       [1,4,4,48]    1x1/1 gate                  0.10       12          25
      stages.4.0.expand     conv       [1,4,4,192]   1x1/1 silu                  0.15       15          38
      stages.4.0.depthwise  depthwise  [1,2,2,192]   3x3/2 silu sums             0.01       17           8
      stages.4.0.squeeze    squeeze    [1,1,1,192]                               0.00        2          19
      stages.4.0.project    conv       [1,2,2,64]    1x1/1 gate                  0.05        5          49
      head                  conv       [1,2,2,256]   1x1/1 silu                  0.07        5          67
      embedding             pool       [1,1,1,256]                               0.00        5           0
      classifier            dense      [1,1,1,1000]                              0.26        5        1028"
    `);
  });
});
