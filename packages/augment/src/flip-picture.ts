import { checkPicture, type Picture } from "@efficientnet/preprocess";

/** A picture mirrored left to right. */
export function flipPicture(picture: Picture): Picture {
  checkPicture(picture);
  const { data, width, height, channels } = picture;
  const flipped = new Uint8Array(data.length);
  for (let line = 0; line < data.length; line += width * channels) {
    for (let to = line, from = line + (width - 1) * channels; from >= line; to += channels, from -= channels) {
      for (let channel = 0; channel < channels; channel++) flipped[to + channel] = data[from + channel]!;
    }
  }
  return { data: flipped, width, height, channels };
}
