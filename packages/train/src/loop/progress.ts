import type { Schedule, Stage } from "@efficientnet/progressive";
import { countBatches } from "../data/epoch-order.js";
import type { Position } from "./training-state.js";

/** Where a training is, in the unit of its schedule; within an epoch it is a fraction. */
export function schedulePosition({ epoch, batch, step }: Position, unit: Stage["unit"], batches: number): number {
  return unit === "steps" ? step : epoch + batch / batches;
}

/** Where a schedule ends, in its unit. */
export const scheduleEnd = (schedule: Schedule): number => schedule.at(-1)?.end ?? 0;

/** Pixels of training pictures from a position to the end: what the time left goes by. */
export function pixelsLeft(schedule: Schedule, position: number, pictures: number): number {
  return schedule.reduce((sum, { unit, start, end, batchSize, imageSize }) => {
    const perUnit =
      unit === "steps" ? batchSize : Math.min(pictures, batchSize * countBatches(pictures, batchSize, true));
    return sum + Math.max(0, end - Math.max(start, position)) * perUnit * imageSize ** 2;
  }, 0);
}

/** Measures speed: each step's pixels and seconds, the older the less they count. */
export function speedometer(): {
  add(pixels: number, images: number, seconds: number): void;
  readonly imagesPerSecond: number;
  secondsFor(pixels: number): number;
} {
  let [pixels, images, seconds] = [0, 0, 0];
  const keep = 0.9;
  return {
    add(newPixels, newImages, newSeconds) {
      pixels = keep * pixels + newPixels;
      images = keep * images + newImages;
      seconds = keep * seconds + newSeconds;
    },
    get imagesPerSecond() {
      return images / seconds;
    },
    secondsFor: (left) => (left * seconds) / pixels,
  };
}
