import { EfficientNetError } from "@efficientnet/errors";
import { drawPicture } from "./draw-picture.js";
import type { Picture, PixelLimit } from "./picture.js";
import { pictureFromPixels, type RangedPixels, type RawPixels } from "./raw-picture.js";
import { tagOf } from "./tag-of.js";
import { pictureFromTensor, type RangedTensor } from "./tensor-picture.js";

/** What the browser itself holds pictures in. */
export type BrowserPicture =
  | ImageData
  | ImageBitmap
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | HTMLVideoElement
  | VideoFrame
  | Blob;

/** All that {@link pictureFrom} turns into a picture. */
export type PictureSource = BrowserPicture | RawPixels | RangedPixels | RangedTensor;

/**
 * Any picture that a page or a program holds, decoded. Embedded colour profiles of a Blob are ignored, as
 * PIL ignores them, and its EXIF orientation is applied: browsers no longer let one choose.
 * Nothing that is passed in is closed or disposed; bitmaps made on the way are closed.
 *
 * @throws `bad-image` for a picture that is empty, broken, too large, of another origin or already normalised;
 * `unsupported` where there is no canvas; `invalid-argument` for anything else.
 */
export async function pictureFrom(source: PictureSource, options: PixelLimit = {}): Promise<Picture> {
  const read = browserReaders[tagOf(source)];
  if (read !== undefined) return read(source as never, options);
  if (hasFields(source, "tensor", "range")) return pictureFromTensor(source as RangedTensor, options);
  if (hasFields(source, "data", "width", "height")) return pictureFromPixels(source as RawPixels, options);
  throw new EfficientNetError("invalid-argument", "this is not a picture", {
    expected: "a browser's image, canvas, video frame or Blob; { data, width, height }; or { tensor, range }",
    received: tagOf(source),
    ...hintFor(source),
  });
}

const hasFields = (value: unknown, ...names: string[]): boolean =>
  typeof value === "object" && value !== null && names.every((name) => name in value);

function hintFor(source: unknown): { readonly hint?: string } {
  if (typeof source === "string") {
    return { hint: "for an address pass await (await fetch(url)).blob(), for a file in Node use pictureFromFile" };
  }
  if (ArrayBuffer.isView(source) || tagOf(source) === "ArrayBuffer") {
    return { hint: "for an encoded picture pass new Blob([bytes]), or in Node pictureFromFile(bytes)" };
  }
  if (hasFields(source, "shape", "dtype", "data")) return { hint: "state the range of its values: { tensor, range }" };
  return {};
}

type Reader<Source> = (source: Source, options: PixelLimit) => Picture | Promise<Picture>;

const browserReaders: Readonly<Record<string, Reader<never> | undefined>> = {
  ImageData: readImageData,
  ImageBitmap: (bitmap: ImageBitmap, options) => drawPicture(bitmap, bitmap.width, bitmap.height, options),
  HTMLImageElement: readImageElement,
  HTMLCanvasElement: (canvas: HTMLCanvasElement, options) => drawPicture(canvas, canvas.width, canvas.height, options),
  OffscreenCanvas: (canvas: OffscreenCanvas, options) => drawPicture(canvas, canvas.width, canvas.height, options),
  HTMLVideoElement: readVideoElement,
  VideoFrame: (frame: VideoFrame, options) => drawPicture(frame, frame.displayWidth, frame.displayHeight, options),
  Blob: readBlob,
  File: readBlob,
};

async function readImageData(image: ImageData, options: PixelLimit): Promise<Picture> {
  const { data, width, height, colorSpace } = image;
  if (colorSpace === undefined || colorSpace === "srgb") {
    return pictureFromPixels({ data: data as Uint8ClampedArray, width, height, channels: 4 }, options);
  }
  return drawAndClose(await createImageBitmap(image), options);
}

async function readBlob(blob: Blob, options: PixelLimit): Promise<Picture> {
  if (typeof createImageBitmap === "undefined") {
    throw new EfficientNetError("unsupported", "a Blob cannot be decoded here", {
      hint: "in Node, use pictureFromFile of @efficientnet/preprocess/node",
    });
  }
  const decoded = createImageBitmap(blob, {
    imageOrientation: "from-image",
    colorSpaceConversion: "none",
    premultiplyAlpha: "none",
  });
  return drawAndClose(
    await decoded.catch((cause: unknown) => {
      throw new EfficientNetError("bad-image", `the file (${blob.size} bytes) is not a picture that can be decoded`, {
        received: blob.type || "no media type",
        cause,
      });
    }),
    options,
  );
}

function drawAndClose(bitmap: ImageBitmap, options: PixelLimit): Picture {
  try {
    return drawPicture(bitmap, bitmap.width, bitmap.height, options);
  } finally {
    bitmap.close();
  }
}

async function readImageElement(image: HTMLImageElement, options: PixelLimit): Promise<Picture> {
  if (!image.complete) {
    await image.decode().catch((cause: unknown) => {
      throw new EfficientNetError("bad-image", `the image did not load: ${image.src}`, { cause });
    });
  }
  if (image.naturalWidth === 0) {
    throw new EfficientNetError("bad-image", `the image is broken or has no size of its own: ${image.src}`);
  }
  return drawPicture(image, image.naturalWidth, image.naturalHeight, options);
}

function readVideoElement(video: HTMLVideoElement, options: PixelLimit): Picture {
  const haveCurrentData = 2;
  if (video.readyState < haveCurrentData) {
    throw new EfficientNetError("bad-image", "the video has no frame yet", {
      hint: 'wait for its "loadeddata" event',
    });
  }
  return drawPicture(video, video.videoWidth, video.videoHeight, options);
}
