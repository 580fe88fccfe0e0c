import type { Picture } from "@efficientnet/preprocess";
import fc from "fast-check";

/** Random grey, RGB and RGBA pictures, a few pixels each. */
export const anyPicture: fc.Arbitrary<Picture> = fc
  .record({
    width: fc.integer({ min: 1, max: 9 }),
    height: fc.integer({ min: 1, max: 9 }),
    channels: fc.constantFrom(1 as const, 3 as const, 4 as const),
  })
  .chain((size) => {
    const length = size.width * size.height * size.channels;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((data) => ({ ...size, data }));
  });

/** A picture of one colour. */
export function constantPicture(width: number, height: number, colour: readonly number[]): Picture {
  const channels = colour.length as Picture["channels"];
  return {
    data: Uint8Array.from({ length: width * height * channels }, (_, i) => colour[i % channels]!),
    width,
    height,
    channels,
  };
}
