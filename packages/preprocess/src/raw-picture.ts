import { EfficientNetError } from "@efficientnet/errors";
import { checkPicture, checkPictureSize, type Picture, type PixelLimit } from "./picture.js";
import { bytesFromRange, type ValueRange } from "./value-range.js";

/** Bytes as other decoders return them; the channels follow from the length where they are not given. */
export interface RawPixels {
  readonly data: Uint8ClampedArray | Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels?: 1 | 3 | 4 | undefined;
}

/** Numbers of a stated range, row by row, channels interleaved. */
export interface RangedPixels extends Omit<RawPixels, "data"> {
  readonly data: ArrayLike<number>;
  readonly range: ValueRange;
}

/** A picture from raw pixels; bytes are not copied. */
export function pictureFromPixels(pixels: RawPixels | RangedPixels, limit: PixelLimit): Picture {
  const { width, height } = pixels;
  checkPictureSize(width, height, limit, "the picture");
  const channels = pixels.channels ?? channelsFromLength(pixels.data.length, width, height);
  const data = "range" in pixels ? bytesFromRange(pixels.data, pixels.range) : pixels.data;
  const picture = { data, width, height, channels };
  checkPicture(picture, limit);
  return picture;
}

function channelsFromLength(length: number, width: number, height: number): 1 | 3 | 4 {
  const channels = length / (width * height);
  if (channels === 1 || channels === 3 || channels === 4) return channels;
  throw new EfficientNetError("bad-image", `the data does not fill a picture of ${width} x ${height}`, {
    expected: `${width * height} values times 1, 3 or 4 channels`,
    received: `${length} values`,
  });
}
