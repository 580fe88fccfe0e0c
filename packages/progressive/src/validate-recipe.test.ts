import { isEfficientNetError } from "@efficientnet/errors";
import { describe, expect, it } from "vitest";
import { getPreset, progressiveSchedule, validateRecipe } from "./index.js";

const recipe = getPreset("automl", "s");
const { imageSize } = recipe;

/** What the message says of V2-S with some fields replaced. */
function complaint(fields: object): string {
  try {
    validateRecipe({ ...recipe, ...fields });
  } catch (error) {
    if (isEfficientNetError(error, "invalid-argument")) return error.message.replace("\n  expected:", "; expected");
    throw error;
  }
  return "valid";
}

describe("validateRecipe", () => {
  it("accepts what can be trained", () => {
    expect(complaint({})).toBe("valid");
    expect(complaint({ regularisers: {} })).toBe("valid");
    expect(complaint({ regularisers: { hue: { from: -3, to: 3 } } })).toBe("valid");
    expect(complaint({ imageSize: { from: 300, to: 128, rounding: null } })).toBe("valid");
    expect(complaint({ duration: { unit: "steps", length: [1, 2, 3, 4] } })).toBe("valid");
    expect(complaint({ batchSize: { atLargest: 96, multipleOf: 32 }, learningRate: 0.1 })).toBe("valid");
  });

  it("says which value of which recipe cannot be, and what it must be", () => {
    expect(() => validateRecipe({ ...recipe, stages: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages of automl s is 0
        expected: a positive integer]
    `);
  });

  it("checks stages, ramp and duration", () => {
    expect([
      complaint({ name: "" }),
      complaint({ stages: 2.5 }),
      complaint({ ramp: { imageSize: "linear", regularisers: "both-ends" } }),
      complaint({ ramp: "algorithm-1" }),
      complaint({ duration: { unit: "days", length: 4 } }),
      complaint({ duration: { unit: "epochs", length: 3 } }),
      complaint({ duration: { unit: "epochs", length: [87, 88, 87] } }),
      complaint({ duration: { unit: "epochs", length: [87, 88, 87, 0] } }),
    ]).toMatchInlineSnapshot(`
      [
        "name of the recipe is ""; expected a name",
        "stages of automl s is 2.5; expected a positive integer",
        "ramp.imageSize of automl s is "linear"; expected "both-ends", "end-only"",
        "ramp.imageSize of automl s is undefined; expected "both-ends", "end-only"",
        "duration.unit of automl s is "days"; expected "epochs", "steps"",
        "duration.length of automl s is 3; expected an integer from 4, or 4 positive integers",
        "duration.length of automl s is [87,88,87]; expected an integer from 4, or 4 positive integers",
        "duration.length of automl s is [87,88,87,0]; expected an integer from 4, or 4 positive integers",
      ]
    `);
  });

  it("checks sizes and their rounding", () => {
    expect([
      complaint({ imageSize: { ...imageSize, from: 0 } }),
      complaint({ imageSize: { ...imageSize, to: 299.5 } }),
      complaint({ imageSize: { from: 128, to: 300 } }),
      complaint({ imageSize: { ...imageSize, rounding: { multipleOf: 0, towards: "up" } } }),
      complaint({ imageSize: { ...imageSize, rounding: { multipleOf: 8, towards: "closest" } } }),
    ]).toMatchInlineSnapshot(`
      [
        "imageSize.from of automl s is 0; expected a positive integer",
        "imageSize.to of automl s is 299.5; expected a positive integer",
        "imageSize.rounding.multipleOf of automl s is undefined; expected a positive integer",
        "imageSize.rounding.multipleOf of automl s is 0; expected a positive integer",
        "imageSize.rounding.towards of automl s is "closest"; expected "down", "nearest", "up"",
      ]
    `);
  });

  it("checks regularisers: those it knows by their bounds, others for being numbers", () => {
    expect([
      complaint({ regularisers: [] }),
      complaint({ regularisers: { dropoutRate: { from: 0.1, to: 1 } } }),
      complaint({ regularisers: { dropPathRate: { from: -0.1, to: 0.2 } } }),
      complaint({ regularisers: { randAugmentMagnitude: { from: 5, to: -1 } } }),
      complaint({ regularisers: { mixupAlpha: 0.2 } }),
      complaint({ regularisers: { cutmixAlpha: { from: 0, to: "0.5" } } }),
      complaint({ regularisers: { hue: { from: 0, to: Number.NaN } } }),
      complaint({ regularisers: { hue: null } }),
    ]).toMatchInlineSnapshot(`
      [
        "regularisers of automl s is []; expected an object",
        "regularisers.dropoutRate.to of automl s is 1; expected a number in [0, 1)",
        "regularisers.dropPathRate.from of automl s is -0.1; expected a number in [0, 1)",
        "regularisers.randAugmentMagnitude.to of automl s is -1; expected a number, not negative",
        "regularisers.mixupAlpha.from of automl s is undefined; expected a number, not negative",
        "regularisers.cutmixAlpha.to of automl s is "0.5"; expected a number, not negative",
        "regularisers.hue.to of automl s is NaN; expected a number",
        "regularisers.hue.from of automl s is undefined; expected a number",
      ]
    `);
  });

  it("checks batch size and learning rate as numbers or as rules", () => {
    expect([
      complaint({ batchSize: undefined }),
      complaint({ batchSize: 0 }),
      complaint({ batchSize: { atLargest: 64 } }),
      complaint({ batchSize: { atLargest: 60, multipleOf: 8 } }),
      complaint({ batchSize: { atLargest: 0, multipleOf: 8 } }),
      complaint({ learningRate: null }),
      complaint({ learningRate: -0.1 }),
      complaint({ learningRate: { value: 0.1, per: 0 } }),
    ]).toMatchInlineSnapshot(`
      [
        "batchSize of automl s is undefined; expected a positive integer",
        "batchSize of automl s is 0; expected a positive integer",
        "batchSize.multipleOf of automl s is undefined; expected a positive integer",
        "batchSize.atLargest of automl s is 60; expected a positive multiple of 8",
        "batchSize.atLargest of automl s is 0; expected a positive multiple of 8",
        "learningRate of automl s is null; expected a positive number",
        "learningRate of automl s is -0.1; expected a positive number",
        "learningRate.per of automl s is 0; expected a positive number",
      ]
    `);
  });

  it("survives data of another shape, as it comes from JSON", () => {
    const message = (value: unknown) => {
      try {
        validateRecipe(value);
      } catch (error) {
        if (isEfficientNetError(error, "invalid-argument")) return error.message.split("\n")[0];
        throw error;
      }
      return "valid";
    };
    expect([null, [], "paper s", {}, { name: "x", stages: 4 }].map(message)).toMatchInlineSnapshot(`
      [
        "the recipe is null",
        "the recipe is []",
        "the recipe is "paper s"",
        "name of the recipe is undefined",
        "ramp.imageSize of x is undefined",
      ]
    `);
  });

  it("is asked by progressiveSchedule", () => {
    expect(() => progressiveSchedule({ ...recipe, stages: -1 })).toThrow("stages of automl s is -1");
  });
});
