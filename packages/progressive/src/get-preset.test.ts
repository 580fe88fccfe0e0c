import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { getPreset, PRESET_NAMES, presetModels, progressiveSchedule, validateRecipe } from "./index.js";

const { paperTable6, paperSchedule, automl } = readFixture();
const rounded = (value: number, places: number) => Number(value.toFixed(places));

describe("getPreset", () => {
  it("has a recipe for every model of the paper's table and of the released code", () => {
    expect(presetModels("paper")).toEqual(Object.keys(paperSchedule));
    expect(presetModels("automl")).toEqual(Object.keys(automl));
    expect(PRESET_NAMES.flatMap(presetModels)).toHaveLength(11);
  });

  it.each(Object.entries(paperTable6))("has the ends of table 6 for V2-%s", (model, row) => {
    const { imageSize, regularisers } = getPreset("paper", model);
    const ends = ({ from, to }: { readonly from: number; readonly to: number }) => [from, to];
    expect({
      image: ends(imageSize),
      randaug: ends(regularisers.randAugmentMagnitude),
      mixup_alpha: ends(regularisers.mixupAlpha),
      dropout: ends(regularisers.dropoutRate),
    }).toEqual(row);
  });

  it.each(Object.entries(paperSchedule))("interpolates table 6 by Algorithm 1 for V2-%s", (model, rows) => {
    const schedule = progressiveSchedule(getPreset("paper", model));
    expect(
      schedule.map(({ index, imageSize, regularisers }) => ({
        stage: index,
        image_size: rounded(imageSize, 3),
        randaugment: rounded(regularisers.randAugmentMagnitude, 4),
        mixup_alpha: rounded(regularisers.mixupAlpha, 4),
        dropout: rounded(regularisers.dropoutRate, 4),
      })),
    ).toEqual(rows);
  });

  it.each(Object.entries(automl))("gives every value of the released code for V2-%s", (model, rows) => {
    const schedule = progressiveSchedule(getPreset("automl", model));
    expect(
      schedule.map(({ index, end, imageSize, regularisers }) => ({
        stage: index,
        fraction_end: (index + 1) / 4,
        end_epoch: end,
        image_size: imageSize,
        randaug_magnitude: rounded(regularisers.randAugmentMagnitude, 4),
        mixup_alpha: rounded(regularisers.mixupAlpha, 4),
        cutmix_alpha: rounded(regularisers.cutmixAlpha, 4),
        dropout: regularisers.dropoutRate,
      })),
    ).toEqual(rows);
  });

  it.each(PRESET_NAMES)(
    "%s trains 350 epochs of 4096 examples at 0.256, dropping a fifth of the last paths",
    (preset) => {
      for (const model of presetModels(preset)) {
        for (const { batchSize, learningRate, regularisers } of progressiveSchedule(getPreset(preset, model))) {
          expect([batchSize, learningRate, regularisers.dropPathRate]).toEqual([4096, 0.256, 0.2]);
        }
      }
    },
  );

  it("is plain data that JSON carries and that validates", () => {
    const recipe = getPreset("automl", "m");
    const parsed: unknown = JSON.parse(JSON.stringify(recipe));
    validateRecipe(parsed);
    expect(parsed).toEqual(recipe);
  });

  it("takes any case and the whole name of a variant", () => {
    expect(getPreset("paper", "S").name).toBe("paper s");
    expect(getPreset("automl", "EfficientNetV2_XL").name).toBe("automl xl");
    expect(getPreset("automl", "efficientnetv2-b3").name).toBe("automl b3");
  });

  it("gives a recipe of its own at each call", () => {
    expect(getPreset("paper", "s")).not.toBe(getPreset("paper", "s"));
  });

  it("lists near matches of what is none", () => {
    expect(() => getPreset("paper", "xl")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown model of preset paper "xl"
        hint: did you mean l?]
    `);
    expect(() => getPreset("automl", "b4")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown model of preset automl "b4"
        hint: did you mean b0, b1, b2?]
    `);
    expect(() => getPreset("automl", "constructor")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown model of preset automl "constructor"
        hint: known: s, m, l, xl, b0, b1, b2, b3]
    `);
    expect(() => getPreset("autoML" as "automl", "s")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown preset "autoML"
        hint: did you mean automl?]
    `);
    expect(() => presetModels("toString" as "automl")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown preset "toString"
        hint: known: paper, automl]
    `);
  });
});
