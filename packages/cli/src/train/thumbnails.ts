import { type Picture, resizePicture } from "@efficientnet/preprocess";
import type { Dataset } from "@efficientnet/train";
import sharp from "sharp";

/** Sides beyond which a picture is shown smaller. */
const LARGEST = 160;

/** Pictures of a dataset by their names, small, as data URIs. */
export function thumbnails(dataset: Dataset): (name: string) => Promise<string> {
  const indices = new Map(Array.from(dataset.labels, (_, index) => [dataset.name(index), index]));
  return async (name) => {
    const index = indices.get(name);
    if (index === undefined) return "";
    const { data, width, height, channels } = small(await dataset.picture(index));
    const png = sharp(data, { raw: { width, height, channels } });
    const bytes = width * height > 96 * 96 ? await png.webp({ quality: 80 }).toBuffer() : await png.png().toBuffer();
    return `data:image/${width * height > 96 * 96 ? "webp" : "png"};base64,${bytes.toString("base64")}`;
  };
}

function small(picture: Picture): Picture {
  const scale = LARGEST / Math.max(picture.width, picture.height);
  if (scale >= 1) return picture;
  const side = (pixels: number) => Math.max(1, Math.round(pixels * scale));
  return resizePicture(picture, { width: side(picture.width), height: side(picture.height) });
}
