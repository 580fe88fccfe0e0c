import { EfficientNetError } from "@efficientnet/errors";
import { checkPicture, type Picture } from "./picture.js";
import type { Rectangle } from "./rectangle.js";
import { cropRows, pictureRows } from "./rows.js";

/**
 * A copy of part of a picture.
 *
 * @throws `invalid-argument` for a rectangle that is empty, fractional or reaches outside the picture.
 */
export function cropPicture(picture: Picture, rectangle: Rectangle): Picture {
  checkPicture(picture);
  const { x, y, width, height } = rectangle;
  const whole = [x, y, width, height].every(Number.isInteger);
  if (!whole || x < 0 || y < 0 || width < 1 || height < 1 || x + width > picture.width || y + height > picture.height) {
    throw new EfficientNetError("invalid-argument", "the rectangle is not a part of the picture", {
      expected: `whole numbers within ${picture.width} x ${picture.height}`,
      received: `x ${x}, y ${y}, width ${width}, height ${height}`,
    });
  }
  const rows = cropRows(pictureRows(picture), rectangle);
  const data = new Uint8Array(width * height * picture.channels);
  for (let line = 0; line < height; line++) data.set(rows.row(line), line * width * picture.channels);
  return { data, width, height, channels: picture.channels };
}
