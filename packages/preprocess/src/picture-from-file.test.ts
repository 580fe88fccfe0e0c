import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Picture } from "./picture.js";
import { pictureFromFile } from "./picture-from-file.js";
import { fixture, readGoldens, readRgbPng } from "./testing/golden.js";

const files =
  readGoldens<Record<string, { readonly size: readonly [number, number]; readonly rgb: string }>>("files.json");

const withoutAlpha = ({ data, channels }: Picture): number[] => [...data].filter((_, i) => channels < 4 || i % 4 !== 3);

describe("pictureFromFile", () => {
  it.each(Object.entries(files))("reads %s as Pillow does", async (name, { size, rgb }) => {
    const picture = await pictureFromFile(fixture(`files/${name}`));
    expect([picture.width, picture.height]).toEqual(size);
    expect(withoutAlpha(picture)).toEqual([...Buffer.from(rgb, "base64")]);
  });

  it("decodes a photograph's JPEG to the bytes that Pillow does", async () => {
    const expected = await readRgbPng("picture.jpg.png");
    const { data } = await pictureFromFile(fixture("picture.jpg"));
    let worst = 0;
    data.forEach((value, i) => {
      worst = Math.max(worst, Math.abs(value - expected.data[i]!));
    });
    expect(worst).toBe(0);
  });

  it("takes a path, a URL, bytes and a buffer", async () => {
    const path = fixture("files/rgba.png");
    const fromPath = await pictureFromFile(path);
    const bytes = new Uint8Array(readFileSync(path));
    expect(fromPath.channels).toBe(4);
    expect(await pictureFromFile(pathToFileURL(path))).toEqual(fromPath);
    expect(await pictureFromFile(bytes)).toEqual(fromPath);
    expect(await pictureFromFile(bytes.buffer)).toEqual(fromPath);
  });

  it("leaves the EXIF orientation alone when asked to", async () => {
    const { width, height } = await pictureFromFile(fixture("files/exif6.jpg"), { applyOrientation: false });
    expect([width, height]).toEqual([24, 16]);
  });

  it("keeps the high byte of 16-bit grey, which Pillow clips", async () => {
    const { default: sharp } = await import("sharp");
    const grey16 = Uint16Array.of(0, 0x1234, 0x80ff, 0xffff);
    const bytes = await sharp(grey16, { raw: { width: 4, height: 1, channels: 1 } })
      .toColourspace("grey16")
      .png()
      .toBuffer();
    const { data, channels } = await pictureFromFile(bytes);
    expect([...data].filter((_, i) => i % channels === 0)).toEqual([0, 0x12, 0x80, 0xff]);
  });
});

describe("what pictureFromFile refuses", () => {
  const whole = readFileSync(fixture("picture.jpg"));

  it("files that are absent or empty", async () => {
    await expect(pictureFromFile("/nowhere/cat.jpg")).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: there is no file /nowhere/cat.jpg]`,
    );
    await expect(pictureFromFile(new Uint8Array(0))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the file is empty]`,
    );
    await expect(pictureFromFile(7 as never)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is not a file
        expected: a path, a file: URL, a Uint8Array or an ArrayBuffer
        received: Number]
    `);
  });

  it("files that are no pictures, or end early", async () => {
    const text = new TextEncoder().encode("this is no picture");
    await expect(pictureFromFile(text)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the file (18 bytes) cannot be decoded
        expected: a whole picture: JPEG, PNG, WebP, GIF, AVIF, TIFF, SVG or BMP
        received: Input buffer contains unsupported image format]
    `);
    await expect(pictureFromFile(whole.subarray(0, 20_000))).rejects.toMatchObject({ code: "bad-image" });
    const png = readFileSync(fixture("files/rgb16.png"));
    await expect(pictureFromFile(png.subarray(0, 300))).rejects.toMatchObject({ code: "bad-image" });
  });

  it("more pixels than allowed, before decoding them", async () => {
    await expect(pictureFromFile(whole, { maxPixels: 1000 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture has 75763 pixels (317 x 239)
        expected: at most 1000
        hint: raise maxPixels if this is meant]
    `);
    const bmp = readFileSync(fixture("files/rgb.bmp"));
    await expect(pictureFromFile(bmp, { maxPixels: 10 })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the BMP picture has 384 pixels (24 x 16)
        expected: at most 10
        hint: raise maxPixels if this is meant]
    `);
  });
});

describe("without sharp", () => {
  afterEach(() => {
    vi.doUnmock("sharp");
    vi.resetModules();
  });

  it("says what to install, and still reads BMP", async () => {
    vi.resetModules();
    vi.doMock("sharp", () => {
      throw new Error("Cannot find package 'sharp'");
    });
    const { pictureFromFile: fresh } = await import("./picture-from-file.js");
    await expect(fresh(fixture("picture.jpg"))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: decoding this picture needs sharp, which cannot be loaded
        hint: npm install sharp (BMP files are read without it)]
    `);
    expect((await fresh(fixture("files/rgb.bmp"))).width).toBe(24);
  });
});
