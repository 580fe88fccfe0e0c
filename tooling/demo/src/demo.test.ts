import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { progressiveSchedule, type Recipe, relativePixels } from "@efficientnet/progressive";
import sharp from "sharp";
import { expect, it } from "vitest";
import { drawFolder } from "./draw-folder.js";
import { drawPicture } from "./draw-picture.js";
import { DEMO_RECIPE } from "./recipe.js";
import { CLASSES } from "./shapes.js";

it("draws the same picture for the same class, seed and index, and another for another", () => {
  const pictures = [
    drawPicture("star", 1, 0),
    drawPicture("star", 1, 0),
    drawPicture("star", 1, 1),
    drawPicture("disc", 1, 0),
  ];
  const [first, again, ...others] = pictures.map(({ data }) => data.join());
  expect(again).toBe(first);
  for (const other of others) expect(other).not.toBe(first);
});

it("draws every class in more than one colour", () => {
  for (const label of CLASSES) expect(new Set(drawPicture(label, 1, 0).data).size).toBeGreaterThan(20);
});

it("writes a folder for each class, whose files are the pictures", async () => {
  const folder = mkdtempSync(join(tmpdir(), "efficientnet-demo-"));
  expect(await drawFolder(folder, 5, 2)).toBe(2 * CLASSES.length);
  expect(readdirSync(join(folder, "waves"))).toEqual(["0000.png", "0001.png"]);
  const read = await sharp(join(folder, "ring", "0001.png"))
    .raw()
    .toBuffer();
  expect(read.equals(Buffer.from(drawPicture("ring", 5, 1).data))).toBe(true);
  rmSync(folder, { recursive: true });
});

it("trains on about half of the pixels of one size throughout", () => {
  const schedule = progressiveSchedule(DEMO_RECIPE.training.schedule as Recipe);
  expect(schedule.map(({ imageSize }) => imageSize)).toEqual([28, 44, 56]);
  expect(relativePixels(schedule)).toBeCloseTo(0.51, 3);
});
