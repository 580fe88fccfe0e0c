import { levelTable, mapLevels } from "./level-tables.js";
import type { OpaquePicture } from "./opaque-picture.js";

const NEGATIVE = levelTable((level) => 255 - level);

/** The negative: 255 - level. */
export function invert(picture: OpaquePicture): OpaquePicture {
  return mapLevels(picture, NEGATIVE);
}

/** Keeps the `bits` highest of eight bits: 8 changes nothing, 0 leaves black. */
export function posterize(picture: OpaquePicture, bits: number): OpaquePicture {
  if (bits >= 8) return picture;
  const mask = ~(2 ** (8 - Math.max(0, bits)) - 1);
  return mapLevels(
    picture,
    levelTable((level) => level & mask),
  );
}

/** Inverts levels of `threshold` and above: 256 changes nothing, 0 inverts all. */
export function solarize(picture: OpaquePicture, threshold: number): OpaquePicture {
  return mapLevels(
    picture,
    levelTable((level) => (level < threshold ? level : 255 - level)),
  );
}

/** Adds `amount` to levels below 128. */
export function solarizeAdd(picture: OpaquePicture, amount: number): OpaquePicture {
  return mapLevels(
    picture,
    levelTable((level) => (level < 128 ? level + amount : level)),
  );
}
