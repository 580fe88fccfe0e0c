/**
 * Uncompressed BMP, bottom-up and top-down. Decoders of the web's formats leave BMP out, and data sets do not.
 *
 * Source: Microsoft, "Bitmap Storage" (BITMAPFILEHEADER, BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV5HEADER).
 */
import { type BmpPixels, damagedBmp, readBmpHeader, requireBytes } from "./bmp-header.js";
import { checkPictureSize, type Picture, type PixelLimit } from "./picture.js";

/** True for bytes that begin as a BMP file. */
export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

/**
 * Decodes a BMP file to RGB, or RGBA where its masks name an alpha channel.
 *
 * @throws `bad-image` for a damaged or truncated file, `unsupported` for compressed, 16-bit and odd-mask files.
 */
export function readBmp(bytes: Uint8Array, limit: PixelLimit = {}): Picture {
  const { width, height, topDown, pixels, pixelsAt, rowBytes } = readBmpHeader(bytes);
  checkPictureSize(width, height, limit, "the BMP picture");
  requireBytes(bytes, pixelsAt + rowBytes * height);
  const channels = pixels.kind === "colour" && pixels.order.length === 4 ? 4 : 3;
  const data = new Uint8Array(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = pixelsAt + rowBytes * (topDown ? y : height - 1 - y);
    const out = data.subarray(y * width * channels, (y + 1) * width * channels);
    readRow(bytes.subarray(from, from + rowBytes), pixels, out);
  }
  return { data, width, height, channels };
}

function readRow(row: Uint8Array, pixels: BmpPixels, out: Uint8Array): void {
  if (pixels.kind === "colour") readColours(row, pixels.bits / 8, pixels.order, out);
  else readIndices(row, pixels.bits, pixels.colours, out);
}

function readColours(row: Uint8Array, stride: number, order: readonly number[], out: Uint8Array): void {
  const channels = order.length;
  for (let i = 0, o = 0; o < out.length; i += stride, o += channels) {
    for (let c = 0; c < channels; c++) out[o + c] = row[i + order[c]!]!;
  }
}

function readIndices(row: Uint8Array, bits: number, colours: Uint8Array, out: Uint8Array): void {
  const perByte = 8 / bits;
  for (let x = 0; x < out.length / 3; x++) {
    const shift = 8 - bits * ((x % perByte) + 1);
    const index = (row[Math.floor(x / perByte)]! >> shift) & ((1 << bits) - 1);
    if (index * 3 >= colours.length) throw damagedBmp(`it uses colour ${index} of ${colours.length / 3}`);
    for (let c = 0; c < 3; c++) out[x * 3 + c] = colours[index * 3 + c]!;
  }
}
