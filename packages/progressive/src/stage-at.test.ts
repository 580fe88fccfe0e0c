import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRecipe } from "../fixtures/any-recipe.js";
import { getPreset, progressiveSchedule, stageAt } from "./index.js";

const schedule = progressiveSchedule(getPreset("automl", "m"));

describe("stageAt", () => {
  it.each([
    [0, 192],
    [86.999, 192],
    [87, 256],
    [175, 320],
    [262, 384],
    [349.5, 384],
  ])("finds epoch %d in the stage of %d pixels", (epoch, imageSize) => {
    expect(stageAt(schedule, epoch).imageSize).toBe(imageSize);
  });

  it("depends on the position alone: a run that resumes anywhere sees what an unbroken one sees", () => {
    fc.assert(
      fc.property(anyRecipe, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (recipe, share) => {
        const unbroken = progressiveSchedule(recipe).flatMap((stage) => Array(stage.end - stage.start).fill(stage));
        const position = Math.floor(share * unbroken.length);
        expect(stageAt(progressiveSchedule(recipe), position)).toEqual(unbroken[position]);
      }),
    );
  });

  it("refuses positions where there is nothing to train", () => {
    expect(() => stageAt(schedule, 350)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the position is 350
        expected: a number of epochs in [0, 350)]
    `);
    expect(() => stageAt(schedule, -1)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the position is -1
        expected: a number of epochs in [0, 350)]
    `);
    expect(() => stageAt(schedule, Number.NaN)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the position is NaN
        expected: a number of epochs in [0, 350)]
    `);
    expect(() => stageAt([], 0)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the position is 0
        expected: a number of steps in [0, 0)]
    `);
  });
});
