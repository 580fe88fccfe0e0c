import { EfficientNetError } from "@efficientnet/errors";
import { checkPictureSize, type Picture, type PixelLimit } from "./picture.js";
import { rgbFromCmyk } from "./rgb-from-cmyk.js";

/** How a file is decoded. */
export interface FileOptions extends PixelLimit {
  /** Turn the photograph as its EXIF orientation says; true by default. PIL leaves it as it is stored. */
  readonly applyOrientation?: boolean | undefined;
}

/**
 * Decodes with sharp, set so that its pixels are Pillow's `convert("RGB")`: embedded profiles ignored, CMYK by the
 * naive formula, 16 bit by its high byte, the first frame or page.
 */
export async function decodeWithSharp(bytes: Uint8Array, options: FileOptions): Promise<Picture> {
  const sharp = await importSharp();
  const encoded = sharp(bytes, { failOn: "truncated", ignoreIcc: true, limitInputPixels: false, pages: 1 });
  try {
    const { width, height, space } = await encoded.metadata();
    checkPictureSize(width, height, options, "the picture");
    const isCmyk = space === "cmyk";
    const upright = options.applyOrientation === false ? encoded : encoded.rotate();
    // Naming the space of pipeline and output alike keeps sharp from converting by its own CMYK profile.
    const kept = isCmyk ? upright.pipelineColourspace("cmyk").toColourspace("cmyk") : upright;
    const { data, info } = await kept.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
    const size = { width: info.width, height: info.height };
    if (isCmyk) return { data: rgbFromCmyk(data, info.channels), ...size, channels: 3 };
    return { data, ...size, channels: info.channels as Picture["channels"] };
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    throw new EfficientNetError("bad-image", `the file (${bytes.length} bytes) cannot be decoded`, {
      expected: "a whole picture: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP",
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

async function importSharp() {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new EfficientNetError("missing-peer", "decoding this picture needs sharp, which cannot be loaded", {
      hint: "npm install sharp (BMP files are read without it)",
      cause,
    });
  }
}
