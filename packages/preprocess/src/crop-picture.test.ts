import { describe, expect, it } from "vitest";
import { cropPicture } from "./crop-picture.js";
import type { Picture } from "./picture.js";

const picture: Picture = { data: Uint8Array.from({ length: 12 }, (_, i) => i), width: 4, height: 3, channels: 1 };

describe("cropPicture", () => {
  it("copies the part", () => {
    const part = cropPicture(picture, { x: 1, y: 1, width: 2, height: 2 });
    expect(part).toEqual({ data: Uint8Array.of(5, 6, 9, 10), width: 2, height: 2, channels: 1 });
    expect(part.data.buffer).not.toBe(picture.data.buffer);
  });

  it.each([
    { x: 3, y: 0, width: 2, height: 1 },
    { x: -1, y: 0, width: 2, height: 1 },
    { x: 0, y: 0, width: 0, height: 1 },
    { x: 0.5, y: 0, width: 1, height: 1 },
    { x: 0, y: Number.NaN, width: 1, height: 1 },
  ])("refuses $x, $y, $width, $height", (rectangle) => {
    expect(() => cropPicture(picture, rectangle)).toThrow("the rectangle is not a part of the picture");
  });

  it("says what would be a part", () => {
    expect(() => cropPicture(picture, { x: 3, y: 0, width: 2, height: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the rectangle is not a part of the picture
        expected: whole numbers within 4 x 3
        received: x 3, y 0, width 2, height 1]
    `);
  });
});
