import type { OpaquePicture } from "./opaque-picture.js";

const { fround } = Math;
const SIDE = fround(1 / 13);
const CENTRE = fround(5 / 13);

/**
 * `ImageFilter.SMOOTH` of Pillow: a 3 x 3 mean whose centre counts five times; the outermost pixels stay.
 * In float32, summed in the order of Filter.c.
 */
export function smooth(picture: OpaquePicture): OpaquePicture {
  const { data, width, height, channels } = picture;
  const smoothed = new Uint8Array(data);
  const line = width * channels;
  /** Three neighbours in a row, the middle one weighted. */
  const across = (i: number, weight: number): number => {
    const first = fround(fround(data[i - channels]! * SIDE) + fround(data[i]! * weight));
    return fround(first + fround(data[i + channels]! * SIDE));
  };
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * line + channels; i < (y + 1) * line - channels; i++) {
      const lower = fround(0.5 + across(i + line, SIDE));
      const middle = fround(lower + across(i, CENTRE));
      smoothed[i] = Math.min(255, fround(middle + across(i - line, SIDE)));
    }
  }
  return { ...picture, data: smoothed };
}
