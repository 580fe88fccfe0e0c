import { EfficientNetError } from "@efficientnet/errors";
import { tagOf } from "./tag-of.js";

/** Decoded pixels, 8 bit, sRGB, row by row from the top left, channels interleaved: grey, RGB or RGBA (not premultiplied). */
export interface Picture {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** Pictures with more pixels than this are refused unless `maxPixels` raises it: the count at which Pillow refuses a file. */
export const defaultMaxPixels = 178_956_970;

/** Longest side in pixels, whatever `maxPixels` says: resampling weights grow with it. */
const maxSide = 1_000_000;

/** The size beyond which a picture is refused. */
export interface PixelLimit {
  /** Most pixels (width x height) to accept; 178,956,970 by default. */
  readonly maxPixels?: number | undefined;
}

/** Checks sides before anything is allocated from them. `name` is how the message calls the picture. */
export function checkPictureSize(
  width: number,
  height: number,
  { maxPixels = defaultMaxPixels }: PixelLimit,
  name: string,
): void {
  if (!(Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0)) {
    throw new EfficientNetError("bad-image", `${name} is ${width} x ${height} pixels`, {
      expected: "a whole, positive width and height",
    });
  }
  if (!(maxPixels > 0)) {
    throw new EfficientNetError("invalid-argument", `maxPixels is ${maxPixels}`, { expected: "a positive number" });
  }
  if (width * height > maxPixels) {
    throw new EfficientNetError("bad-image", `${name} has ${width * height} pixels (${width} x ${height})`, {
      expected: `at most ${maxPixels}`,
      hint: "raise maxPixels if this is meant",
    });
  }
  if (Math.max(width, height) > maxSide) {
    throw new EfficientNetError("bad-image", `${name} has a side of ${Math.max(width, height)} pixels`, {
      expected: `at most ${maxSide}`,
    });
  }
}

/** Throws `bad-image` unless the picture is whole: sides, channels, type and length of its data, pixel count. */
export function checkPicture(picture: Picture, limit: PixelLimit = {}, name = "the picture"): void {
  const { data, width, height, channels } = picture;
  checkPictureSize(width, height, limit, name);
  if (channels !== 1 && channels !== 3 && channels !== 4) {
    throw new EfficientNetError("bad-image", `${name} has ${channels} channels`, {
      expected: "1 (grey), 3 (RGB) or 4 (RGBA)",
      hint: "pictureFrom makes a picture of images, canvases, decoded bytes and tensors",
    });
  }
  if (!["Uint8Array", "Uint8ClampedArray"].includes(tagOf(data))) {
    throw new EfficientNetError("bad-image", `the data of ${name} is not 8 bit`, {
      expected: "Uint8Array or Uint8ClampedArray",
      received: tagOf(data),
      hint: "pictureFrom({ data, width, height, channels, range }) turns numbers of a stated range into a picture",
    });
  }
  if (data.length !== width * height * channels) {
    throw new EfficientNetError("bad-image", `the data of ${name} does not fill it`, {
      expected: `${width * height * channels} bytes (${width} x ${height} x ${channels})`,
      received: `${data.length} bytes`,
    });
  }
}
