import { EfficientNetError } from "@efficientnet/errors";

/** How a pixel of a BMP file is stored: an index into RGB triples, or bytes of a colour in the given order. */
export type BmpPixels =
  | { readonly kind: "palette"; readonly bits: 1 | 4 | 8; readonly colours: Uint8Array }
  | { readonly kind: "colour"; readonly bits: 24 | 32; readonly order: readonly number[] };

/** Size and layout of a BMP file. */
export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly pixels: BmpPixels;
  /** Where the rows begin, and the bytes of one with its padding to 4. */
  readonly pixelsAt: number;
  readonly rowBytes: number;
}

const fileHeaderBytes = 14;
const coreHeaderBytes = 12;
const infoHeaderBytes = 40;
const knownHeaderBytes = [coreHeaderBytes, infoHeaderBytes, 52, 56, 108, 124];
const uncompressed = 0;
const bitFields = 3;
const blueGreenRed = [2, 1, 0];

/** Reads both headers, the masks and the palette; throws `bad-image` for damage and `unsupported` for other kinds. */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  requireBytes(bytes, fileHeaderBytes + coreHeaderBytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(fileHeaderBytes, true);
  if (!knownHeaderBytes.includes(headerBytes)) throw damagedBmp(`its header is said to have ${headerBytes} bytes`);
  requireBytes(bytes, fileHeaderBytes + headerBytes);

  const isCore = headerBytes === coreHeaderBytes;
  const width = isCore ? view.getUint16(18, true) : view.getInt32(18, true);
  const height = isCore ? view.getUint16(20, true) : view.getInt32(22, true);
  const bits = view.getUint16(isCore ? 24 : 28, true);
  const compression = isCore ? uncompressed : view.getUint32(30, true);
  const common = {
    width,
    height: Math.abs(height),
    topDown: height < 0,
    pixelsAt: view.getUint32(10, true),
    rowBytes: Math.ceil((width * bits) / 32) * 4,
  };
  if (compression === uncompressed && (bits === 1 || bits === 4 || bits === 8)) {
    return { ...common, pixels: { kind: "palette", bits, colours: readPalette(bytes, view, headerBytes, bits) } };
  }
  if (compression === uncompressed && (bits === 24 || bits === 32)) {
    return { ...common, pixels: { kind: "colour", bits, order: blueGreenRed } };
  }
  if (compression === bitFields && bits === 32) {
    return { ...common, pixels: { kind: "colour", bits, order: readMasks(bytes, view, headerBytes) } };
  }
  throw unsupportedBmp(`a BMP picture of ${bits} bits per pixel with compression ${compression}`);
}

function readPalette(bytes: Uint8Array, view: DataView, headerBytes: number, bits: number): Uint8Array {
  const isCore = headerBytes === coreHeaderBytes;
  const entryBytes = isCore ? 3 : 4;
  const stated = isCore ? 0 : view.getUint32(46, true);
  const count = stated === 0 ? 1 << bits : Math.min(stated, 1 << bits);
  const from = fileHeaderBytes + headerBytes;
  requireBytes(bytes, from + count * entryBytes);
  return Uint8Array.from({ length: count * 3 }, (_, i) => bytes[from + Math.floor(i / 3) * entryBytes + 2 - (i % 3)]!);
}

/** Masks lie after a short header and inside a long one, at the same place; each must select one whole byte. */
function readMasks(bytes: Uint8Array, view: DataView, headerBytes: number): readonly number[] {
  const count = headerBytes >= 56 ? 4 : 3;
  const from = fileHeaderBytes + infoHeaderBytes;
  requireBytes(bytes, from + count * 4);
  const masks = Array.from({ length: count }, (_, i) => view.getUint32(from + i * 4, true));
  const used = masks[3] === 0 ? masks.slice(0, 3) : masks;
  const order = used.map((mask) => [0xff, 0xff00, 0xff0000, 0xff000000].indexOf(mask));
  if (order.includes(-1)) throw unsupportedBmp(`a BMP picture with masks ${used.map((mask) => mask.toString(16))}`);
  return order;
}

/** Throws `bad-image` for a file that ends before `needed` bytes. */
export function requireBytes(bytes: Uint8Array, needed: number): void {
  if (bytes.length < needed) throw damagedBmp("it ends early", `${needed} bytes or more`, `${bytes.length} bytes`);
}

/** The error for a BMP file that contradicts itself. */
export function damagedBmp(fact: string, expected?: string, received?: string): EfficientNetError {
  return new EfficientNetError("bad-image", `the BMP picture is damaged: ${fact}`, {
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
  });
}

const unsupportedBmp = (what: string): EfficientNetError =>
  new EfficientNetError("unsupported", `${what} is not read`, {
    expected: "1, 4, 8, 24 or 32 bits, uncompressed, with a byte for each colour",
    hint: "save it as PNG",
  });
