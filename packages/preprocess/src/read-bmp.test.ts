import { readFileSync } from "node:fs";
import { isEfficientNetError } from "@efficientnet/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBmp } from "./read-bmp.js";
import { fixture } from "./testing/golden.js";

interface Parts {
  readonly width?: number;
  readonly height?: number;
  readonly bits?: number;
  readonly compression?: number;
  readonly colours?: number;
  readonly extra?: readonly number[];
  readonly rows: readonly number[];
}

/** A BMP with a 40-byte header; `extra` is what stands between header and rows. */
function bmp({ width = 2, height = 1, bits = 24, compression = 0, colours = 0, extra = [], rows }: Parts): Uint8Array {
  const pixelsAt = 54 + extra.length;
  const bytes = new Uint8Array(pixelsAt + rows.length);
  const view = new DataView(bytes.buffer);
  bytes.set([0x42, 0x4d]);
  view.setUint32(10, pixelsAt, true);
  view.setUint32(14, 40, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(28, bits, true);
  view.setUint32(30, compression, true);
  view.setUint32(46, colours, true);
  bytes.set(extra, 54);
  bytes.set(rows, pixelsAt);
  return bytes;
}

const u32 = (...values: number[]): number[] =>
  values.flatMap((v) => [v & 255, (v >> 8) & 255, (v >> 16) & 255, v >>> 24]);

describe("readBmp", () => {
  it("reads blue, green, red from the bottom up, with rows padded to four bytes", () => {
    const { data } = readBmp(bmp({ width: 1, height: 2, rows: [1, 2, 3, 0, 4, 5, 6, 0] }));
    expect([...data]).toEqual([6, 5, 4, 3, 2, 1]);
  });

  it("reads from the top down where the height is negative", () => {
    const { data } = readBmp(bmp({ width: 1, height: -2, rows: [1, 2, 3, 0, 4, 5, 6, 0] }));
    expect([...data]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it("ignores the fourth byte of plain 32 bits", () => {
    const { data, channels } = readBmp(bmp({ bits: 32, rows: [1, 2, 3, 9, 4, 5, 6, 9] }));
    expect({ channels, data: [...data] }).toEqual({ channels: 3, data: [3, 2, 1, 6, 5, 4] });
  });

  it("follows masks in any order of bytes", () => {
    const extra = u32(0xff, 0xff00, 0xff0000);
    const { data } = readBmp(bmp({ bits: 32, compression: 3, extra, rows: [1, 2, 3, 9, 4, 5, 6, 9] }));
    expect([...data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    [1, [0b01000000, 0, 0, 0]],
    [4, [0x01, 0, 0, 0]],
    [8, [0, 1, 0, 0]],
  ])("looks up colours by %i bits", (bits, rows) => {
    const { data } = readBmp(bmp({ bits, colours: 2, extra: [1, 2, 3, 0, 4, 5, 6, 0], rows }));
    expect([...data]).toEqual([3, 2, 1, 6, 5, 4]);
  });

  it("refuses what is damaged", () => {
    const rows = [1, 2, 3, 4, 5, 6, 0, 0];
    const whole = bmp({ rows });
    expect(() => readBmp(whole.subarray(0, 20))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture is damaged: it ends early
        expected: 26 bytes or more
        received: 20 bytes]
    `);
    expect(() => readBmp(whole.subarray(0, 60))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture is damaged: it ends early
        expected: 62 bytes or more
        received: 60 bytes]
    `);
    expect(() => readBmp(bmp({ height: 0, rows }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture is 2 x 0 pixels
        expected: a whole, positive width and height]
    `);
    expect(() => readBmp(bmp({ width: -2, rows }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture is -2 x 1 pixels
        expected: a whole, positive width and height]
    `);
    expect(() => readBmp(bmp({ width: 2 ** 30, height: 2 ** 30, rows }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture has 1152921504606847000 pixels (1073741824 x 1073741824)
        expected: at most 178956970
        hint: raise maxPixels if this is meant]
    `);
    const palette = bmp({ bits: 8, colours: 2, extra: u32(0, 0), rows: [0, 2, 0, 0] });
    expect(() => readBmp(palette)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the BMP picture is damaged: it uses colour 2 of 2]`,
    );
  });

  it("refuses kinds that it does not read", () => {
    const rows = [0, 0, 0, 0];
    expect(() => readBmp(bmp({ bits: 16, rows }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a BMP picture of 16 bits per pixel with compression 0 is not read
        expected: 1, 4, 8, 24 or 32 bits, uncompressed, with a byte for each colour
        hint: save it as PNG]
    `);
    expect(() => readBmp(bmp({ bits: 8, compression: 1, rows }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a BMP picture of 8 bits per pixel with compression 1 is not read
        expected: 1, 4, 8, 24 or 32 bits, uncompressed, with a byte for each colour
        hint: save it as PNG]
    `);
    const odd = bmp({ bits: 32, compression: 3, extra: u32(0x3ff, 0xff00, 0xff0000), rows });
    expect(() => readBmp(odd)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a BMP picture with masks 3ff,ff00,ff0000 is not read
        expected: 1, 4, 8, 24 or 32 bits, uncompressed, with a byte for each colour
        hint: save it as PNG]
    `);
  });

  it.each(["rgb", "rgba", "palette", "one-bit"])("never fails otherwise on a corrupted %s.bmp", (name) => {
    const whole = new Uint8Array(readFileSync(fixture(`files/${name}.bmp`)));
    fc.assert(
      fc.property(fc.nat(153), fc.nat(255), fc.nat(whole.length), (at, value, length) => {
        const bytes = whole.slice(0, length);
        if (at < length) bytes[at] = value;
        try {
          const { data, width, height, channels } = readBmp(bytes, { maxPixels: 1e6 });
          expect(data.length).toBe(width * height * channels);
        } catch (error) {
          if (!isEfficientNetError(error)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});
