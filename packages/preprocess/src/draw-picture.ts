import { EfficientNetError } from "@efficientnet/errors";
import { checkPictureSize, type Picture, type PixelLimit } from "./picture.js";

type Canvas = HTMLCanvasElement | OffscreenCanvas;

/**
 * The pixels of anything a canvas can draw, as sRGB. A canvas stores colours multiplied by alpha, so the colour under
 * a transparent pixel is lost and a translucent one is a level or two off; opaque pixels are exact.
 */
export function drawPicture(source: CanvasImageSource, width: number, height: number, limit: PixelLimit): Picture {
  checkPictureSize(width, height, limit, "the picture");
  const canvas = newCanvas(width, height);
  try {
    const context = canvas.getContext("2d", { colorSpace: "srgb", willReadFrequently: true }) as
      | CanvasRenderingContext2D
      | OffscreenCanvasRenderingContext2D
      | null;
    if (context === null) {
      throw new EfficientNetError("unsupported", `no 2d canvas of ${width} x ${height} can be made here`, {
        hint: "the browser limits canvas sizes; make the picture smaller first",
      });
    }
    context.drawImage(source, 0, 0, width, height);
    return { data: readPixels(context, width, height), width, height, channels: 4 };
  } finally {
    // Some browsers keep a canvas's memory until it is collected, and cap the sum.
    canvas.width = 0;
    canvas.height = 0;
  }
}

function newCanvas(width: number, height: number): Canvas {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  if (typeof document === "undefined") {
    throw new EfficientNetError("unsupported", "there is no canvas here to read pixels with", {
      hint: "in Node, use pictureFromFile of @efficientnet/preprocess/node, or pass { data, width, height, channels }",
    });
  }
  return Object.assign(document.createElement("canvas"), { width, height });
}

function readPixels(
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
  width: number,
  height: number,
): Uint8ClampedArray {
  try {
    return context.getImageData(0, 0, width, height, { colorSpace: "srgb" }).data as Uint8ClampedArray;
  } catch (cause) {
    if (!(cause instanceof Error && cause.name === "SecurityError")) throw cause;
    throw new EfficientNetError("bad-image", "the picture comes from another origin, so its pixels cannot be read", {
      hint: 'set crossOrigin = "anonymous" before src and let the server allow it (CORS), or fetch it as a Blob',
      cause,
    });
  }
}
