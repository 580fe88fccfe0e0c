import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyRecipe } from "../fixtures/any-recipe.js";
import { formatSchedule, getPreset, parseSchedule, progressiveSchedule } from "./index.js";

const schedule = progressiveSchedule(getPreset("automl", "m"));

describe("formatSchedule", () => {
  it("prints an aligned table", () => {
    expect(formatSchedule(schedule)).toMatchInlineSnapshot(`
      "stage   epochs  imageSize  batchSize  learningRate  randAugmentMagnitude  mixupAlpha  dropoutRate  dropPathRate  cutmixAlpha
          0     0-87        192       4096         0.256                     5           0          0.3           0.2            0
          1   87-175        256       4096         0.256                8.3333    0.066667          0.3           0.2     0.066667
          2  175-262        320       4096         0.256                11.667     0.13333          0.3           0.2      0.13333
          3  262-350        384       4096         0.256                    15         0.2          0.3           0.2          0.2"
    `);
  });

  it("prints fractions with five digits and whole numbers in full", () => {
    const paper = getPreset("paper", "s");
    expect(
      formatSchedule(
        progressiveSchedule({
          ...paper,
          stages: 3,
          duration: { unit: "steps", length: 1_234_567 },
          regularisers: { mixupAlpha: paper.regularisers.mixupAlpha, stage: { from: 1e-7, to: 123456.7 } },
        }),
      ),
    ).toMatchInlineSnapshot(`
      "stage           steps  imageSize  batchSize  learningRate  mixupAlpha   stage
          0        0-411522        128       4096         0.256           0    1e-7
          1   411522-823044        214       4096         0.256           0   61728
          2  823044-1234567        300       4096         0.256           0  123460"
    `);
  });

  it("writes JSON with a line per stage", () => {
    expect(formatSchedule(schedule.slice(0, 2), { form: "json" })).toMatchInlineSnapshot(`
      "[
        {"index":0,"unit":"epochs","start":0,"end":87,"imageSize":192,"batchSize":4096,"learningRate":0.256,"regularisers":{"randAugmentMagnitude":5,"mixupAlpha":0,"dropoutRate":0.3,"dropPathRate":0.2,"cutmixAlpha":0}},
        {"index":1,"unit":"epochs","start":87,"end":175,"imageSize":256,"batchSize":4096,"learningRate":0.256,"regularisers":{"randAugmentMagnitude":8.333333333333334,"mixupAlpha":0.06666666666666667,"dropoutRate":0.3,"dropPathRate":0.2,"cutmixAlpha":0.06666666666666667}}
      ]
      "
    `);
  });

  it("writes JSON that parseSchedule reads back to the last digit", () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const any = progressiveSchedule(recipe);
        expect(parseSchedule(formatSchedule(any, { form: "json" }))).toEqual(any);
      }),
    );
  });

  it("has as many columns in every line as in the first", () => {
    fc.assert(
      fc.property(anyRecipe, (recipe) => {
        const lines = formatSchedule(progressiveSchedule({ ...recipe, regularisers: {} })).split("\n");
        expect(lines).toHaveLength(recipe.stages + 1);
        expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
        expect(new Set(lines.map((line) => line.trim().split(/ +/).length))).toEqual(new Set([5]));
      }),
    );
  });
});
