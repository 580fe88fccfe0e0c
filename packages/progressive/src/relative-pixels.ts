import type { Schedule } from "./recipe.js";

/**
 * Pixels that a schedule trains on, over those of as many examples at its largest image size: about the share of the
 * multiply-adds it needs, since those of a convolution grow with its pixels.
 *
 * Formula: sum of `examples_i * imageSize_i^2` over `sum of examples_i * max(imageSize)^2`.
 */
export function relativePixels(schedule: Schedule): number {
  const largest = Math.max(...schedule.map(({ imageSize }) => imageSize));
  let pixels = 0;
  let examples = 0;
  for (const { unit, start, end, batchSize, imageSize } of schedule) {
    const seen = (end - start) * (unit === "steps" ? batchSize : 1);
    examples += seen;
    pixels += seen * (imageSize / largest) ** 2;
  }
  return pixels / examples;
}
