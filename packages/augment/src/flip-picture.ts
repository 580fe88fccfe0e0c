import { checkPicture, type Picture } from "@efficientnet/preprocess";

/** A picture mirrored left to right. */
export function flipPicture(picture: Picture): Picture {
  checkPicture(picture);
  const { data, width, height, channels } = picture;
  const flipped = new Uint8Array(data.length);
  for (let line = 0; line < data.length; line += width * channels) {
    for (let x = 0; x < width; x++) {
      const from = line + (width - 1 - x) * channels;
      flipped.set(data.subarray(from, from + channels), line + x * channels);
    }
  }
  return { data: flipped, width, height, channels };
}
