import { describe, expect, it } from "vitest";
import { getPreset, progressiveSchedule, scheduleInSteps } from "./index.js";

describe("scheduleInSteps", () => {
  it("counts the whole batches of ImageNet's training part: 306 an epoch", () => {
    const schedule = scheduleInSteps(progressiveSchedule(getPreset("automl", "s")), 1_256_144);
    expect(schedule.map(({ unit, start, end }) => [unit, start, end])).toEqual([
      ["steps", 0, 26622],
      ["steps", 26622, 53550],
      ["steps", 53550, 80172],
      ["steps", 80172, 107100],
    ]);
    expect(schedule.map(({ imageSize }) => imageSize)).toEqual([171, 214, 257, 300]);
  });

  it("takes fewer steps where batches are larger", () => {
    const schedule = progressiveSchedule({
      ...getPreset("automl", "m"),
      duration: { unit: "epochs", length: 4 },
      batchSize: { atLargest: 10, multipleOf: 10 },
    });
    expect(scheduleInSteps(schedule, 405).map(({ batchSize, start, end }) => [batchSize, end - start])).toEqual([
      [40, 10],
      [20, 20],
      [10, 40],
      [10, 40],
    ]);
  });

  it("leaves steps as they are", () => {
    const schedule = progressiveSchedule({ ...getPreset("paper", "s"), duration: { unit: "steps", length: 40 } });
    expect(scheduleInSteps(schedule, 1)).toEqual(schedule);
  });

  it("refuses an epoch without a whole batch", () => {
    const schedule = progressiveSchedule(getPreset("paper", "s"));
    expect(() => scheduleInSteps(schedule, 4095)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the number of whole batches of 4096 in 4095 examples is 0
        expected: a positive integer]
    `);
    expect(() => scheduleInSteps(schedule, -5)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the number of examples is -5
        expected: a positive integer]
    `);
  });
});
