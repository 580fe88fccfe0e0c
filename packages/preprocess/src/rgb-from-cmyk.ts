import { divideBy255 } from "./rows.js";

/** Pillow's conversion without colour management: each colour is what its ink and black leave of white. */
export function rgbFromCmyk(cmyk: Uint8Array, channels: number): Uint8Array {
  const rgb = new Uint8Array((cmyk.length / channels) * 3);
  for (let i = 0, o = 0; o < rgb.length; i += channels, o += 3) {
    const light = 255 - cmyk[i + 3]!;
    for (let c = 0; c < 3; c++) rgb[o + c] = light - divideBy255(cmyk[i + c]! * light);
  }
  return rgb;
}
