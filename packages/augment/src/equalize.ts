import { type LevelTable, levelTable, mapByHistogram } from "./level-tables.js";
import type { OpaquePicture } from "./opaque-picture.js";

/** Spreads the levels of each channel until all are about equally frequent. Source: `ImageOps.equalize` of Pillow. */
export function equalize(picture: OpaquePicture): OpaquePicture {
  return mapByHistogram(picture, spread);
}

function spread(histogram: readonly number[]): LevelTable {
  const total = histogram.reduce((sum, count) => sum + count, 0);
  const brightest = histogram.findLast((count) => count > 0) ?? 0;
  const step = Math.floor((total - brightest) / 255);
  if (step === 0) return levelTable((level) => level);
  let below = Math.floor(step / 2);
  return levelTable((level) => {
    const spreadLevel = Math.floor(below / step);
    below += histogram[level]!;
    return spreadLevel;
  });
}
