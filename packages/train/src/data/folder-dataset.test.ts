import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { drawBmp } from "@efficientnet-tooling/testing";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { createPipeline } from "../data.js";
import { collect } from "../testing/collect.js";
import { halfSpec } from "../testing/half-spec.js";
import { folderDataset } from "./folder-dataset.js";

const scratch = mkdtempSync(join(tmpdir(), "efficientnet-train-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = scratch;
let count = 0;
beforeEach(() => {
  folder = join(scratch, String(count++));
  mkdirSync(folder);
});

const grey = (level: number) => drawBmp(4, () => [level, level, level]);

function write(files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, ...name.split("/"));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

const failure = (at = folder) =>
  folderDataset(at).then(
    () => "no error",
    (error: Error) => error.message.replaceAll(folder, "PHOTOS"),
  );

describe("folderDataset", () => {
  it("takes folders for classes and what is in them for pictures, in the order of their names", async () => {
    write({
      "dogs/b.bmp": grey(2),
      "dogs/a/2.BMP": grey(1),
      "dogs/notes.txt": "no picture",
      "cats/z.bmp": grey(3),
      "cats/.hidden.bmp": grey(4),
      ".trash/x.bmp": grey(5),
      "readme.bmp": grey(6),
    });
    const dataset = await folderDataset(folder);
    expect(dataset.classes).toEqual(["cats", "dogs"]);
    const names = Array.from(dataset.labels, (label, index) => [dataset.classes[label], dataset.name(index)]);
    expect(names).toEqual([
      ["cats", "cats/z.bmp"],
      ["dogs", "dogs/b.bmp"],
      ["dogs", "dogs/a/2.BMP"],
    ]);
    expect((await dataset.picture(2)).data[0]).toBe(1);
  });

  it("follows links, but not for ever", async () => {
    write({ "cats/1.bmp": grey(1), "dogs/1.bmp": grey(2) });
    symlinkSync(join(folder, "dogs"), join(folder, "wolves"));
    symlinkSync(folder, join(folder, "cats", "round"));
    symlinkSync(join(folder, "nowhere.bmp"), join(folder, "dogs", "dangling.bmp"));
    const dataset = await folderDataset(folder);
    expect(dataset.classes).toEqual(["cats", "dogs", "wolves"]);
    expect(Array.from(dataset.labels, (_, index) => dataset.name(index))).toContain("wolves/1.bmp");
  });

  it("takes the endings it is told", async () => {
    write({ "a/1.raw": grey(1), "b/1.raw": grey(1), "b/2.bmp": grey(1) });
    expect((await folderDataset(folder, { extensions: [".RAW"] })).labels).toHaveLength(2);
  });

  it("refuses what is no folder of classes", async () => {
    expect(await failure(join(folder, "absent"))).toMatchInlineSnapshot(`"there is no folder PHOTOS/absent"`);
    expect(await failure()).toMatchInlineSnapshot(`
      "PHOTOS has no folders, so it has no classes
        expected: one folder of pictures for each class
        received: an empty folder"
    `);
    symlinkSync(join(folder, "loop"), join(folder, "loop"));
    expect(await failure(join(folder, "loop"))).toMatchInlineSnapshot(`"the folder PHOTOS/loop cannot be read: ELOOP"`);
    rmSync(join(folder, "loop"));
    write({ "1.bmp": grey(1) });
    expect(await failure(join(folder, "1.bmp"))).toMatchInlineSnapshot(`"PHOTOS/1.bmp is not a folder"`);
    expect(await failure()).toMatchInlineSnapshot(`
      "PHOTOS has no folders, so it has no classes
        expected: one folder of pictures for each class
        received: files, of which the first is 1.bmp"
    `);
    write({ "cats/1.bmp": grey(1) });
    expect(await failure()).toMatchInlineSnapshot(`
      "the dataset has 1 class, "cats"
        expected: at least two classes to tell apart"
    `);
    write({ "dogs/1.txt": "", "birds/deep/1.txt": "" });
    expect(await failure()).toMatchInlineSnapshot(`
      "2 of 3 classes have no pictures
        expected: files ending in .jpg, .jpeg, .png, .webp, .gif, .avif, .tif, .tiff, .bmp
        received: none in birds, dogs"
    `);
  });

  it("has corrupt pictures, which the pipeline skips, counts and names", async () => {
    write({
      "cats/1.bmp": grey(10),
      "cats/2.bmp": grey(20).subarray(0, 60),
      "dogs/1.bmp": grey(30),
      "dogs/2.jpg": "",
    });
    const pipeline = createPipeline(await folderDataset(folder), { preprocess: halfSpec(4), crop: "whole" });
    const settings = { imageSize: 4, batchSize: 2, regularisers: {} };
    const seen = await collect(pipeline.epoch({ seed: 1, epoch: 0, settings, training: false }));
    expect(seen.map(({ shape, indices }) => [shape[0], indices])).toEqual([
      [1, [0]],
      [1, [2]],
    ]);
    expect(
      pipeline.skipped.map(({ name, reason }) => [name, reason.split("\n")[0]?.replaceAll(folder, "PHOTOS")]),
    ).toMatchInlineSnapshot(`
      [
        [
          "cats/2.bmp",
          "the BMP picture is damaged: it ends early",
        ],
        [
          "dogs/2.jpg",
          "file PHOTOS/dogs/2.jpg is empty",
        ],
      ]
    `);
    // Training draws others in their place, so that every batch is whole.
    const batches = await collect(pipeline.epoch({ seed: 1, epoch: 0, settings, training: true }));
    expect(batches.map(({ shape }) => shape[0])).toEqual([2, 2]);
    expect(batches.flatMap(({ indices }) => indices).every((index) => index === 0 || index === 2)).toBe(true);
    expect(pipeline.skipped).toHaveLength(2);
  });

  it("stops where hardly anything is a picture", async () => {
    write({ "cats/1.bmp": "", "dogs/1.bmp": "" });
    const pipeline = createPipeline(await folderDataset(folder), { preprocess: halfSpec(4) });
    const settings = { imageSize: 4, batchSize: 2, regularisers: {} };
    const error = await collect(pipeline.epoch({ seed: 1, epoch: 0, settings, training: true })).catch((e: Error) => e);
    expect(String(error).replaceAll(folder, "PHOTOS")).toMatchInlineSnapshot(`
      "EfficientNetError: cats/1.bmp and 50 others cannot be used
        expected: pictures of which most can be decoded
        received: file PHOTOS/cats/1.bmp is empty"
    `);
  });
});
