import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Picture } from "./picture.js";
import { pictureFromFile } from "./picture-from-file.js";
import { preprocess } from "./preprocess.js";
import { fixture, readGoldens } from "./testing/golden.js";

const files = readGoldens<Record<string, { readonly rgb: string }>>("files.json");
const rgb = ({ data, channels }: Picture): number[] => [...data].filter((_, i) => channels < 4 || i % 4 !== 3);

let first: OpenedPage;
let second: OpenedPage;
beforeAll(async () => {
  const options = {
    entry: fileURLToPath(new URL("testing/browser.page.ts", import.meta.url)),
    files: { "/fixtures": fixture("") },
  };
  first = await openPage(options);
  second = await openPage(options);
});
afterAll(async () => {
  await first?.close();
  await second?.close();
});

describe("pictureFrom in Chromium", () => {
  it("reads the same bytes from every kind of source", async () => {
    const expected = rgb(await pictureFromFile(fixture("picture.png")));
    for (const kind of await first.call<string[]>("kinds")) {
      const picture = await first.call<Picture>("read", kind, "/fixtures/picture.png");
      expect([kind, picture.width, picture.height, picture.channels]).toEqual([kind, 317, 239, 4]);
      expect(Buffer.compare(Buffer.from(rgb(picture)), Buffer.from(expected)), kind).toBe(0);
    }
  });

  it.each([
    "rgb.jpg",
    "progressive.jpg",
    "grey.jpg",
    "profile.jpg",
    "rgb16.png",
    "palette.png",
    "rgb.webp",
    "rgb.bmp",
    "animated.gif",
  ])("decodes %s to the bytes that Pillow reads", async (name) => {
    const picture = await first.call<Picture>("read", "Blob", `/fixtures/files/${name}`);
    const expected = Buffer.from(files[name]?.rgb ?? "", "base64");
    expect(Math.max(...rgb(picture).map((value, i) => Math.abs(value - expected[i]!)))).toBe(0);
  });

  it("converts ImageData in Display P3 to sRGB", async () => {
    // Linearised, by the matrix from P3 to sRGB of CSS Color 4, and encoded again: 133.3, 98.6, 52.8.
    expect(await first.call("displayP3", [128, 100, 60])).toEqual([133, 99, 53, 255]);
  });

  it("applies the EXIF orientation of a Blob", async () => {
    const turned = await first.call<Picture>("read", "Blob", "/fixtures/files/exif6.jpg");
    expect([turned.width, turned.height]).toEqual([16, 24]);
  });

  it("refuses a picture of another origin, a broken file and an empty canvas", async () => {
    const foreign = `${second.url}/fixtures/picture.png`;
    expect(await first.call("tainted", foreign)).toMatch(/^bad-image: the picture comes from another origin/);
    expect(await first.call("broken")).toMatch(/^bad-image: the file \(18 bytes\) is not a picture/);
    expect(await first.call("empty")).toMatch(/^bad-image: the picture is 0 x 0 pixels/);
  });

  it("makes the model input that Node makes", async () => {
    const spec = {
      size: 224,
      fit: { mode: "resize-crop", resizeTo: 256 },
      filter: "bicubic",
      method: "pillow",
      mean: [0.485, 0.456, 0.406],
      std: [0.229, 0.224, 0.225],
    } as const;
    const inPage = await first.call<Float32Array>("preprocess", "/fixtures/picture.png", spec);
    const inNode = preprocess(await pictureFromFile(fixture("picture.png")), spec).data;
    expect(Buffer.compare(Buffer.from(inPage.buffer), Buffer.from(inNode.buffer))).toBe(0);
  });
});
