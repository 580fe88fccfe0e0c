import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { drawPicture } from "./draw-picture.js";
import { formatOutcome } from "./format-outcome.js";
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

it("says how many were right and what the others were taken for", () => {
  expect(formatOutcome({ label: "disc", right: 2, answers: ["disc", "ring", "disc", "ring"] }, 4)).toBe(
    "disc        2 of 4 ██   2 as ring",
  );
});

it("classifies held-out pictures from their files as PyTorch does, nearly all of them right", () => {
  const folder = mkdtempSync(join(tmpdir(), "efficientnet-demo-"));
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const args = ["--conditions=@efficientnet/source", "--import", "tsx", main, folder];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: "utf8" });
  expect(existsSync(join(folder, "waves", "19.png"))).toBe(true);
  rmSync(folder, { recursive: true });
  expect(Number(/(\d+) of 200 held-out pictures right/.exec(stdout)?.[1])).toBeGreaterThanOrEqual(190);
  expect(status).toBe(0);
});
