import type { Picture } from "./picture.js";
import type { Rectangle } from "./rectangle.js";

type Bytes = Uint8Array | Uint8ClampedArray;

/**
 * A picture read one row at a time, so that converting and cropping a large one never makes a second large one.
 * A row is valid until the next is asked for.
 */
export interface Rows {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly row: (y: number) => Bytes;
}

/** A colour in 8-bit RGB. */
export type Colour = readonly [red: number, green: number, blue: number];

/** The rows of a picture, without a copy. */
export function pictureRows({ data, width, height, channels }: Picture): Rows {
  const length = width * channels;
  return { width, height, channels, row: (y) => data.subarray(y * length, (y + 1) * length) };
}

/** The rows of a part, without a copy. */
export function cropRows(rows: Rows, { x, y, width, height }: Rectangle): Rows {
  const from = x * rows.channels;
  const to = from + width * rows.channels;
  return { width, height, channels: rows.channels, row: (line) => rows.row(y + line).subarray(from, to) };
}

/** Every picture as RGB. Grey is repeated; alpha is dropped, or composited over `background` where one is given. */
export function rgbRows(picture: Picture, background?: Colour): Rows {
  const rows = pictureRows(picture);
  if (picture.channels === 3) return rows;
  const rgb = new Uint8Array(picture.width * 3);
  const convert =
    picture.channels === 1 ? repeatGrey : background === undefined ? dropAlpha : compositeOver(background);
  return {
    width: picture.width,
    height: picture.height,
    channels: 3,
    row: (y) => {
      convert(rows.row(y), rgb);
      return rgb;
    },
  };
}

function repeatGrey(grey: Bytes, rgb: Uint8Array): void {
  for (let i = 0, o = 0; i < grey.length; i++, o += 3) {
    const value = grey[i]!;
    rgb[o] = value;
    rgb[o + 1] = value;
    rgb[o + 2] = value;
  }
}

function dropAlpha(rgba: Bytes, rgb: Uint8Array): void {
  for (let i = 0, o = 0; i < rgba.length; i += 4, o += 3) {
    rgb[o] = rgba[i]!;
    rgb[o + 1] = rgba[i + 1]!;
    rgb[o + 2] = rgba[i + 2]!;
  }
}

function compositeOver(background: Colour): (rgba: Bytes, rgb: Uint8Array) => void {
  return (rgba, rgb) => {
    for (let i = 0, o = 0; i < rgba.length; i += 4, o += 3) {
      const alpha = rgba[i + 3]!;
      for (let c = 0; c < 3; c++) rgb[o + c] = divideBy255(rgba[i + c]! * alpha + background[c]! * (255 - alpha));
    }
  };
}

/** Pillow's exact rounding division of a product of two bytes. */
export function divideBy255(product: number): number {
  const biased = product + 128;
  return ((biased >> 8) + biased) >> 8;
}
