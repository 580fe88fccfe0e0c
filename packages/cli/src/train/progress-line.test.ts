import { expect, it } from "vitest";
import { formatDuration, progressLine } from "./progress-line.js";

const row = {
  kind: "step",
  epoch: 2,
  batch: 30,
  batches: 120,
  step: 270,
  stage: 0,
  imageSize: 44,
  batchSize: 32,
  learningRate: 0.004,
  loss: 0.8312,
  accuracy: 0.71875,
  imagesPerSecond: 231.4,
  secondsLeft: 83.2,
} as const;

it("shows epoch, stage, loss, accuracy, speed and time left in less than a terminal's width", () => {
  const line = progressLine(row, 10, { randAugmentMagnitude: 5, mixupAlpha: 0, dropoutRate: 0.125, dropPathRate: 0.1 });
  expect(line).toMatchInlineSnapshot(`"3/10 ███░░░░░░░░░  44px RA 5 drop 0.13  loss 0.831  71.9 %  231/s  1:23 left"`);
  expect([...line].length).toBeLessThan(79);
});

it.each([
  [42, "0:42"],
  [725.4, "12:05"],
  [11045, "3:04:05"],
  [Number.NaN, "?"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});
