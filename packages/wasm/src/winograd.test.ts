import type { ConvStep } from "@efficientnet/plan";
import { expectClose, uniformArray } from "@efficientnet-tooling/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "./create-engine.js";
import { BUILDS } from "./testing/builds.js";
import { naiveConv } from "./testing/naive.js";
import { type MapSize, stepPlan } from "./testing/step-plan.js";
import { suitsWinograd } from "./winograd.js";

const step: ConvStep = {
  ...{ kind: "conv", name: "conv", input: 0, output: 1, kernel: 0, bias: 1, gate: null, residual: null },
  ...{ kernelSize: 3, stride: 1, padTop: 1, padLeft: 1, activation: null, border: null },
};

describe("a 3x3 convolution takes Winograd's form", () => {
  const suits = (change: Partial<ConvStep>, map: MapSize) =>
    suitsWinograd(stepPlan({ ...step, ...change }, 1, [map, map], []), { ...step, ...change });

  it("where that takes less than half of the multiply-adds, or two thirds at stride 2", () => {
    expect(suits({}, [8, 8, 16])).toBe(true);
    expect(suits({}, [7, 7, 16])).toBe(true);
    expect(suits({}, [5, 5, 16])).toBe(false);
    expect(suits({ stride: 2 }, [8, 8, 16])).toBe(true);
    expect(suits({ stride: 2 }, [7, 7, 16])).toBe(false);
  });

  it("and not with a larger stride, with few or odd channels, or with pixels at its border", () => {
    expect(suits({ stride: 3 }, [8, 8, 16])).toBe(false);
    expect(suits({ kernelSize: 5 }, [8, 8, 16])).toBe(false);
    expect(suits({ border: 2 }, [8, 8, 16])).toBe(false);
    expect(suits({}, [8, 8, 12])).toBe(false);
    expect(suits({}, [8, 8, 18])).toBe(false);
  });
});

describe.each(BUILDS)("Winograd's form in the %s build", (build) => {
  it("is the sum that defines the convolution, whatever the size, padding, batch and threads", async () => {
    const side = fc.integer({ min: 7, max: 17 });
    const channels = fc.integer({ min: 4, max: 9 }).map((groups) => 4 * groups);
    const shape = fc.record({
      ...{ sides: fc.tuple(side, side), inChannels: channels, outChannels: channels, batch: fc.constantFrom(1, 3) },
      ...{ threads: fc.constantFrom(1, 1, 3, 5), activation: fc.constantFrom(null, "silu" as const, "relu6" as const) },
      ...{ padTop: fc.nat(2), padLeft: fc.nat(2), residual: fc.boolean(), stride: fc.constantFrom(1, 2) },
    });
    await fc.assert(
      fc.asyncProperty(shape, async ({ inChannels, outChannels, batch, threads, sides, ...rest }) => {
        const [height, width] = [sides[0] * rest.stride, sides[1] * rest.stride];
        const residual = rest.residual && rest.stride === 1;
        const from: MapSize = [height, width, inChannels];
        // Outputs end anywhere, as with pads that differ from side to side. The input may be the residual too.
        const to: MapSize = residual
          ? from
          : [Math.ceil((height + rest.padTop - 1) / rest.stride), Math.ceil(width / rest.stride), outChannels];
        const conv: ConvStep = { ...step, ...rest, residual: residual ? 0 : null };
        const input = uniformArray("input", batch * height * width * inChannels, 2);
        const kernel = uniformArray("kernel", 9 * inChannels * to[2], 0.3);
        const bias = uniformArray("bias", to[2]);
        const plan = stepPlan(conv, batch, [from, to], [kernel, bias]);
        fc.pre(suitsWinograd(plan, conv));
        const engine = await createEngine(plan, { build, threads });
        const { values } = (await engine.run(input))["1"]!;
        engine.dispose();
        // Outputs are sums of some 200 products of up to 0.6; the transforms round about ten times as much as a plain sum.
        const plain = naiveConv({ ...conv, residual: null }, { batch, from, to }, { input, kernel, bias });
        expectClose(values, residual ? plain.map((value, i) => value + input[i]!) : plain, 1e-4);
      }),
      { numRuns: 40 },
    );
  });
});
