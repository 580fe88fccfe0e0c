import { blend } from "./blend.js";
import { inGreys } from "./luma.js";
import type { OpaquePicture } from "./opaque-picture.js";
import { smooth } from "./smooth.js";

/** Saturation: 0 is grey, 1 changes nothing. Source: `ImageEnhance` of Pillow, as are the others here. */
export function adjustColor(picture: OpaquePicture, factor: number): OpaquePicture {
  return blend(inGreys(picture), picture, factor);
}

/** Contrast: 0 is the mean grey everywhere, 1 changes nothing. */
export function adjustContrast(picture: OpaquePicture, factor: number): OpaquePicture {
  const { data, channels } = inGreys(picture);
  let sum = 0;
  for (let i = 0; i < data.length; i += channels) sum += data[i]!;
  const mean = Math.floor((sum * channels) / data.length + 0.5);
  return blend(constant(picture, mean), picture, factor);
}

/** Brightness: 0 is black, 1 changes nothing. */
export function adjustBrightness(picture: OpaquePicture, factor: number): OpaquePicture {
  return blend(constant(picture, 0), picture, factor);
}

/** Sharpness: 0 is smoothed, 1 changes nothing. */
export function adjustSharpness(picture: OpaquePicture, factor: number): OpaquePicture {
  return blend(smooth(picture), picture, factor);
}

function constant(picture: OpaquePicture, level: number): OpaquePicture {
  return { ...picture, data: new Uint8Array(picture.data.length).fill(level) };
}
