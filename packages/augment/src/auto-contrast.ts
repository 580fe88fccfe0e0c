import { type LevelTable, levelTable, mapByHistogram } from "./level-tables.js";
import type { OpaquePicture } from "./opaque-picture.js";

/** Stretches each channel until its darkest level is 0 and its brightest 255. Source: `ImageOps.autocontrast` of Pillow. */
export function autoContrast(picture: OpaquePicture): OpaquePicture {
  return mapByHistogram(picture, stretch);
}

function stretch(histogram: readonly number[]): LevelTable {
  const low = histogram.findIndex((count) => count > 0);
  const high = histogram.findLastIndex((count) => count > 0);
  if (high <= low) return levelTable((level) => level);
  const scale = 255 / (high - low);
  const offset = -low * scale;
  return levelTable((level) => Math.trunc(level * scale + offset));
}
