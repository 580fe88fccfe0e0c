import type { Random } from "@efficientnet/random";
import { drawBetween, drawChance, drawNormal, drawWhole } from "@efficientnet/random";
import { checkProbability, checkRange, checkWhole } from "./check-numbers.js";
import { checkBatch, type ImageBatch } from "./image-batch.js";
import { roundHalfEven } from "./round-half-even.js";

/** Random erasing with timm's defaults. */
export interface RandomErasingOptions {
  /** How often a sample is erased; 0.25 by default. EfficientNet recipes of timm use 0.2. */
  readonly probability?: number;
  /** What fills a rectangle: 0, one normal colour, or a normal number for each value; `pixel` by default. */
  readonly mode?: "const" | "rand" | "pixel";
  /** Share of the area, smallest and largest; 0.02 to 1/3 by default. Divided by the number of rectangles. */
  readonly area?: readonly [number, number];
  /** Height / width, uniform in its logarithm; 0.3 to 1 / 0.3 by default. */
  readonly aspect?: readonly [number, number];
  /** Most rectangles per sample, of which 1 to all are drawn; 1 by default. */
  readonly count?: number;
  /** Tries to place one; 10 by default. */
  readonly attempts?: number;
}

/**
 * A copy of a normalised batch with rectangles erased: a mean of 0 and a deviation of 1 are taken for granted.
 * Source: Random Erasing, arXiv 1708.04896, as `timm/data/random_erasing.py` has it.
 *
 * @throws `wrong-shape` for data that does not fill the shape, `invalid-argument` for impossible numbers.
 */
export function randomErasing<Batch extends ImageBatch>(
  batch: Batch,
  random: Random,
  options: RandomErasingOptions = {},
): Batch {
  checkBatch(batch);
  const { probability = 0.25, mode = "pixel", count = 1 } = options;
  const { area = [0.02, 1 / 3], aspect = [0.3, 1 / 0.3], attempts = 10 } = options;
  checkProbability("probability", probability);
  checkRange("area", area, 1);
  checkRange("aspect", aspect, Number.MAX_VALUE);
  checkWhole("count", count, 1);
  checkWhole("attempts", attempts, 0);
  const data = batch.data.slice();
  const [samples, height, width, channels] = batch.shape;
  for (let sample = 0; sample < samples; sample++) {
    if (!drawChance(random, probability)) continue;
    const rectangles = drawWhole(random, 1, count);
    for (let i = 0; i < rectangles; i++) eraseOne(sample * height, rectangles);
  }
  return { ...batch, data };

  function eraseOne(firstRow: number, rectangles: number): void {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const target = (drawBetween(random, ...area) * height * width) / rectangles;
      const ratio = Math.exp(drawBetween(random, Math.log(aspect[0]), Math.log(aspect[1])));
      const h = roundHalfEven(Math.sqrt(target * ratio));
      const w = roundHalfEven(Math.sqrt(target / ratio));
      if (w >= width || h >= height) continue;
      const top = firstRow + drawWhole(random, 0, height - h);
      const left = drawWhole(random, 0, width - w);
      const colour = Array.from({ length: channels }, () => (mode === "rand" ? drawNormal(random) : 0));
      for (let y = top; y < top + h; y++) {
        const start = (y * width + left) * channels;
        for (let j = 0; j < w * channels; j++) {
          data[start + j] = mode === "pixel" ? drawNormal(random) : colour[j % channels]!;
        }
      }
      return;
    }
  }
}
