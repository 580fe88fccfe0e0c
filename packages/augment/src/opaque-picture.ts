import { checkPicture, type Picture } from "@efficientnet/preprocess";

/** A picture of which only colours are left: grey or RGB. */
export interface OpaquePicture extends Picture {
  readonly channels: 1 | 3;
}

/** Checks a picture and drops its alpha, as PIL's `convert("RGB")` does; what has none passes through uncopied. */
export function opaquePicture(picture: Picture): OpaquePicture {
  checkPicture(picture);
  const { data, width, height, channels } = picture;
  if (channels !== 4) return { data, width, height, channels };
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
    for (let channel = 0; channel < 3; channel++) rgb[to + channel] = data[from + channel]!;
  }
  return { data: rgb, width, height, channels: 3 };
}
