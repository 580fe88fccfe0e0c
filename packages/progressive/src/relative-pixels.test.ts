import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRecipe } from "../fixtures/any-recipe.js";
import { getPreset, progressiveSchedule, relativePixels, scheduleInSteps } from "./index.js";

describe("relativePixels", () => {
  it.each([
    ["paper", "s", 0.555],
    ["paper", "m", 0.509],
    ["automl", "s", 0.643],
    ["automl", "m", 0.598],
    ["automl", "b0", 0.775],
  ] as const)("is the share of pixels that %s %s trains on: %d", (preset, model, share) => {
    expect(relativePixels(progressiveSchedule(getPreset(preset, model)))).toBeCloseTo(share, 3);
  });

  it("weighs steps by their examples, so that counting in steps changes nothing", () => {
    const schedule = progressiveSchedule({
      ...getPreset("automl", "m"),
      batchSize: { atLargest: 10, multipleOf: 1 },
    });
    const examples = schedule.reduce((product, { batchSize }) => product * batchSize, 1);
    expect(relativePixels(scheduleInSteps(schedule, examples))).toBeCloseTo(relativePixels(schedule), 12);
  });

  it("is above 0 and at most 1, and 1 for a single stage", () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const share = relativePixels(progressiveSchedule(recipe));
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThanOrEqual(1);
        if (recipe.stages === 1) expect(share).toBe(1);
      }),
    );
  });
});
