import type { OpaquePicture } from "./opaque-picture.js";

/** Brightness of a colour by ITU-R 601, in the 16-bit fixed point of Pillow's Convert.c. */
export function lumaOf(red: number, green: number, blue: number): number {
  return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16;
}

/** The same picture in greys, with as many channels as before. */
export function inGreys(picture: OpaquePicture): OpaquePicture {
  const { data, channels } = picture;
  if (channels === 1) return picture;
  const greys = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i += 3) greys.fill(lumaOf(data[i]!, data[i + 1]!, data[i + 2]!), i, i + 3);
  return { ...picture, data: greys };
}
