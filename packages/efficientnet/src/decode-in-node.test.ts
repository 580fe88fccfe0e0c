import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { decodeInNode, type NodePictureSource } from "./decode-in-node.js";
import { drawnPicture } from "./testing/seeded-weights.js";

const folder = mkdtempSync(join(tmpdir(), "efficientnet-"));
const path = join(folder, "red.png");
const { data, width, height, channels } = drawnPicture(200, 10, 10);
beforeAll(async () => {
  await sharp(data, { raw: { width, height, channels } }).png().toFile(path);
});
afterAll(() => rmSync(folder, { recursive: true }));

it("a picture is a file by its path, its URL or its bytes, or pixels", async () => {
  const bytes = await readFile(path);
  const buffer = new Uint8Array(bytes).buffer;
  for (const source of [path, pathToFileURL(path), bytes, buffer, { data, width, height, channels }]) {
    const picture = await decodeInNode(source, {});
    expect(picture).toMatchObject({ width, height, channels });
    expect(Buffer.from(picture.data).equals(Buffer.from(data))).toBe(true);
  }
});

it("more pixels than are allowed are refused before they are decoded, wherever they come from", async () => {
  for (const source of [path, pathToFileURL(path), { data, width, height, channels }]) {
    await expect(decodeInNode(source, { maxPixels: 100 })).rejects.toThrow("4096 pixels (64 x 64)");
  }
});

it.each([
  [undefined, "Undefined"],
  [7, "Number"],
  [new Float32Array(3), "Float32Array"],
])("%s is no picture, and the message names files", async (source, received) => {
  await expect(decodeInNode(source as unknown as NodePictureSource, {})).rejects.toMatchObject({
    code: "invalid-argument",
    message: `this is not a picture
  expected: a path, a file: URL, the bytes of a file; { data, width, height }; or { tensor, range }
  received: ${received}`,
  });
});

it("a tensor is told what it lacks", async () => {
  const tensor = { shape: [2, 2, 3], dtype: "float32", data: () => new Float32Array(12) };
  await expect(decodeInNode(tensor as unknown as NodePictureSource, {})).rejects.toMatchObject({
    hint: "state the range of its values: { tensor, range }",
  });
});

it("what is wrong with pixels is said as it is", async () => {
  const source = { data: new Float32Array(12), width: 2, height: 2, range: "0..9" } as unknown as NodePictureSource;
  await expect(decodeInNode(source, {})).rejects.toThrowErrorMatchingInlineSnapshot(`
    [EfficientNetError: the range of the picture is [0, .]
      expected: [0, 1], [0, 255] or [-1, 1]]
  `);
});
