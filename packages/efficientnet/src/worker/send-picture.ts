import { type PictureSource, type PixelLimit, pictureFrom } from "@efficientnet/preprocess";

/** A picture that can be sent, and what of it is moved. */
export interface SentPicture {
  readonly picture: PictureSource;
  readonly moved: readonly ArrayBuffer[];
}

/** What copies of these cost a page: nothing for a Blob, which is decoded in the worker, else the pixels. */
const SENDABLE = ["Blob", "File", "ImageData", "ImageBitmap"];

/** Images, canvases, videos and tensors belong to the page: they are read here, and their pixels are moved. */
export async function sendPicture(source: PictureSource, limit: PixelLimit): Promise<SentPicture> {
  const tag = Object.prototype.toString.call(source).slice(8, -1);
  const isPixels = tag === "Object" && "data" in source && !("tensor" in source);
  if (isPixels || SENDABLE.includes(tag)) return { picture: source, moved: [] };
  const { data, width, height, channels } = await pictureFrom(source, limit);
  const pixels = { data, width, height, channels };
  return { picture: pixels, moved: data.buffer instanceof ArrayBuffer ? [data.buffer] : [] };
}
