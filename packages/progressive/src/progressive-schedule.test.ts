import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRecipe } from "../fixtures/any-recipe.js";
import { ALGORITHM_1, getPreset, progressiveSchedule, RELEASED_CODE, type Recipe } from "./index.js";

const recipe: Recipe<"dropoutRate" | "hue"> = {
  name: "mine",
  stages: 3,
  ramp: ALGORITHM_1,
  duration: { unit: "steps", length: 1000 },
  imageSize: { from: 96, to: 192, rounding: { multipleOf: 32, towards: "nearest" } },
  regularisers: { dropoutRate: { from: 0.1, to: 0.3 }, hue: { from: 8, to: -8 } },
  batchSize: { atLargest: 64, multipleOf: 8 },
  learningRate: { value: 0.016, per: 256 },
};

const isMonotone = (values: readonly number[]) => {
  const steps = values.slice(1).map((value, index) => Math.sign(value - (values[index] ?? value)));
  return !(steps.includes(1) && steps.includes(-1));
};

describe("progressiveSchedule", () => {
  it("moves image size, batch, learning rate and any regulariser together", () => {
    expect(progressiveSchedule(recipe)).toEqual([
      {
        index: 0,
        unit: "steps",
        start: 0,
        end: 333,
        imageSize: 96,
        batchSize: 256,
        learningRate: 0.016,
        regularisers: { dropoutRate: 0.1, hue: 8 },
      },
      {
        index: 1,
        unit: "steps",
        start: 333,
        end: 666,
        imageSize: 160,
        batchSize: 88,
        learningRate: 0.0055,
        regularisers: { dropoutRate: 0.2, hue: 0 },
      },
      {
        index: 2,
        unit: "steps",
        start: 666,
        end: 1000,
        imageSize: 192,
        batchSize: 64,
        learningRate: 0.004,
        regularisers: { dropoutRate: 0.3, hue: -8 },
      },
    ]);
  });

  it("follows the released code's ramp, whose first stage is one step along in size alone", () => {
    const [first, , last] = progressiveSchedule({ ...recipe, ramp: RELEASED_CODE });
    expect([first?.imageSize, last?.imageSize]).toEqual([128, 192]);
    expect(first?.regularisers).toEqual({ dropoutRate: 0.1, hue: 8 });
  });

  it("mixes the two ramps, as the ramp is data", () => {
    const [first] = progressiveSchedule({ ...recipe, ramp: { imageSize: "both-ends", regularisers: "end-only" } });
    expect(first?.imageSize).toBe(96);
    expect(first?.regularisers.hue).toBeCloseTo(8 - 16 / 3, 12);
  });

  it("trains a single stage at the ends of the spans", () => {
    for (const ramp of [ALGORITHM_1, RELEASED_CODE]) {
      const [only, ...others] = progressiveSchedule({ ...recipe, ramp, stages: 1 });
      expect(others).toEqual([]);
      expect(only).toMatchObject({ start: 0, end: 1000, imageSize: 192, regularisers: { dropoutRate: 0.3, hue: -8 } });
    }
  });

  it("takes a length for each stage", () => {
    const schedule = progressiveSchedule({ ...recipe, duration: { unit: "epochs", length: [10, 5, 1] } });
    expect(schedule.map(({ unit, start, end }) => [unit, start, end])).toEqual([
      ["epochs", 0, 10],
      ["epochs", 10, 15],
      ["epochs", 15, 16],
    ]);
  });

  it("keeps whole pixels whole where a fraction of 1/49 would lose one", () => {
    expect(49 * (1 / 49)).toBeLessThan(1);
    const preset = getPreset("automl", "s");
    const schedule = progressiveSchedule({ ...preset, stages: 49, imageSize: { ...preset.imageSize, to: 128 + 49 } });
    expect(schedule.map(({ imageSize }) => imageSize)).toEqual(Array.from({ length: 49 }, (_, i) => 129 + i));
  });

  it("is the same for a recipe that went through JSON", () => {
    fc.assert(
      fc.property(anyRecipe, (any) => {
        expect(progressiveSchedule(JSON.parse(JSON.stringify(any)))).toEqual(progressiveSchedule(any));
      }),
    );
  });

  it("never turns back on the way from one end to the other, and never passes it", () => {
    fc.assert(
      fc.property(anyRecipe, (any) => {
        const schedule = progressiveSchedule(any);
        expect(isMonotone(schedule.map(({ imageSize }) => imageSize))).toBe(true);
        for (const [name, { from, to }] of Object.entries(any.regularisers)) {
          const values = schedule.map(({ regularisers }) => regularisers[name] ?? Number.NaN);
          expect(isMonotone(values)).toBe(true);
          for (const value of values) {
            expect(value).toBeGreaterThanOrEqual(Math.min(from, to));
            expect(value).toBeLessThanOrEqual(Math.max(from, to));
          }
        }
      }),
    );
  });

  it("ends at exactly the largest values, and starts at exactly the smallest by Algorithm 1", () => {
    fc.assert(
      fc.property(anyRecipe, (any) => {
        const schedule = progressiveSchedule({ ...any, imageSize: { ...any.imageSize, rounding: null } });
        const last = schedule.at(-1);
        expect(last?.imageSize).toBe(any.imageSize.to);
        for (const [name, { to }] of Object.entries(any.regularisers)) expect(last?.regularisers[name]).toBe(to);
        const [first] = progressiveSchedule({
          ...any,
          stages: 2,
          duration: { unit: "steps", length: 2 },
          ramp: ALGORITHM_1,
        });
        for (const [name, { from }] of Object.entries(any.regularisers)) expect(first?.regularisers[name]).toBe(from);
      }),
    );
  });

  it("gives sizes that are whole multiples, less than one multiple away from the exact size", () => {
    fc.assert(
      fc.property(anyRecipe, (any) => {
        const { rounding } = any.imageSize;
        fc.pre(rounding !== null);
        const exact = progressiveSchedule({ ...any, imageSize: { ...any.imageSize, rounding: null } });
        progressiveSchedule(any).forEach(({ imageSize }, index) => {
          expect(imageSize % rounding.multipleOf).toBe(0);
          expect(Math.abs(imageSize - (exact[index]?.imageSize ?? 0))).toBeLessThan(rounding.multipleOf);
        });
      }),
    );
  });

  it("fills the whole duration with stages that follow each other, even ones differing by at most one", () => {
    fc.assert(
      fc.property(anyRecipe, (any) => {
        const schedule = progressiveSchedule(any);
        const lengths = schedule.map(({ start, end }) => end - start);
        expect(schedule.map(({ start }) => start)).toEqual([0, ...schedule.map(({ end }) => end).slice(0, -1)]);
        const { length } = any.duration;
        if (typeof length === "number") {
          expect(schedule.at(-1)?.end).toBe(length);
          expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(1);
        } else {
          expect(lengths).toEqual(length);
        }
      }),
    );
  });

  it("never has more pixels in a batch than the largest images make, when the batch follows the pixels", () => {
    fc.assert(
      fc.property(anyRecipe, ({ batchSize, ...any }) => {
        fc.pre(typeof batchSize !== "number");
        const schedule = progressiveSchedule({ ...any, batchSize });
        const budget = batchSize.atLargest * Math.max(...schedule.map(({ imageSize }) => imageSize)) ** 2;
        for (const stage of schedule) {
          expect(stage.batchSize * stage.imageSize ** 2).toBeLessThanOrEqual(budget * (1 + 1e-12));
          expect((stage.batchSize + batchSize.multipleOf) * stage.imageSize ** 2).toBeGreaterThan(budget * (1 - 1e-12));
        }
      }),
    );
  });
});
