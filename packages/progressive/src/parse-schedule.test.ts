import { isEfficientNetError } from "@efficientnet/errors";
import { describe, expect, it } from "vitest";
import { getPreset, parseSchedule, progressiveSchedule } from "./index.js";

const [first, ...rest] = progressiveSchedule(getPreset("automl", "s"));

function complaint(value: unknown): string {
  try {
    parseSchedule(typeof value === "string" ? value : JSON.stringify(value));
  } catch (error) {
    if (isEfficientNetError(error, "invalid-argument")) return error.message.replace("\n  expected:", "; expected");
    throw error;
  }
  return "valid";
}
const withFirst = (fields: object) => complaint([{ ...first, ...fields }, ...rest]);

describe("parseSchedule", () => {
  it("reads a schedule, whatever the layout of its JSON", () => {
    expect(parseSchedule(JSON.stringify([first, ...rest], null, 8))).toEqual([first, ...rest]);
  });

  it("refuses what is no schedule", () => {
    expect([complaint("stage epochs"), complaint([]), complaint({}), complaint([null])]).toMatchInlineSnapshot(`
      [
        "the schedule is not JSON; expected a JSON array of at least one stage",
        "the schedule is []; expected a JSON array of at least one stage",
        "the schedule is {}; expected a JSON array of at least one stage",
        "stage 0 is null; expected an object",
      ]
    `);
  });

  it("refuses stages that do not follow each other", () => {
    expect([
      complaint(rest),
      withFirst({ start: 1 }),
      withFirst({ end: 86 }),
      withFirst({ end: 0 }),
      withFirst({ unit: "steps" }),
      withFirst({ unit: "days" }),
    ]).toMatchInlineSnapshot(`
      [
        "index of stage 0 is 1; expected 0, its place",
        "start of stage 0 is 1; expected 0, where the stage before ends",
        "start of stage 1 is 87; expected 86, where the stage before ends",
        "end of stage 0 is 0; expected an integer after its start",
        "unit of stage 1 is "epochs"; expected "steps"",
        "unit of stage 0 is "days"; expected "epochs", "steps"",
      ]
    `);
  });

  it("refuses values that cannot be trained", () => {
    expect([
      withFirst({ imageSize: 0 }),
      withFirst({ batchSize: 0.5 }),
      withFirst({ learningRate: null }),
      withFirst({ regularisers: [] }),
      withFirst({ regularisers: { dropoutRate: 0.2 } }),
      withFirst({ regularisers: { ...first?.regularisers, dropoutRate: 1 } }),
    ]).toMatchInlineSnapshot(`
      [
        "imageSize of stage 0 is 0; expected a positive number",
        "batchSize of stage 0 is 0.5; expected a positive integer",
        "learningRate of stage 0 is null; expected a positive number",
        "regularisers of stage 0 is []; expected an object",
        "names of regularisers of stage 1 is "[\\"cutmixAlpha\\",\\"dropPathRate\\",\\"dropoutRate\\",\\"mixupAlpha\\",\\"randAugmentMagnitude\\"]"; expected ["dropoutRate"]",
        "regularisers.dropoutRate of stage 0 is 1; expected a number in [0, 1)",
      ]
    `);
  });
});
