import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { colouredFolder } from "../testing/coloured-folder.js";
import { createScratch } from "../testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const pictures = colouredFolder(scratch, "pictures");
const training = ["--resolution", "16", "--epochs", "1", "--batch-size", "4", "--backend", "wasm"];

describe("efficientnet search on pictures", () => {
  const folder = scratch.path("search");
  const local = ["search", "local", folder, "--space", "small-v2", "--data", pictures, "--samples", "2", ...training];

  it("trains candidates on this machine, and measures what they cost", async () => {
    const { code, err } = await cli(local);
    expect([code, err]).toEqual([0, ""]);
    const { candidates } = JSON.parse(readFileSync(scratch.path("search", "result.json"), "utf8"));
    expect(candidates).toHaveLength(2);
    for (const { measured } of candidates) {
      expect(Object.keys(measured)).toEqual([
        "accuracy",
        "stepTime",
        "stepRatio",
        "latency",
        "parameters",
        "macs",
        "anchor",
      ]);
      expect(Object.values<number>(measured).every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
    const best = JSON.parse(readFileSync(scratch.path("search", "best.json"), "utf8"));
    expect([best.head.classes, best.resolution]).toEqual([3, { train: 16, eval: 16 }]);
  });

  it("finds a network that train takes", async () => {
    const run = ["train", pictures, "--spec", scratch.path("search", "best.json"), "--out", scratch.path("run")];
    const { code, out } = await cli([...run, "--epochs", "1", "--batch", "8", "--backend", "wasm"]);
    expect(code).toBe(0);
    expect(out).toContain("epoch 1/1  16px");
  });

  it("refuses other pictures than the plan was made with", async () => {
    const plan = [...local.with(1, "plan").with(2, scratch.path("planned")), "--per-class", "6"];
    expect((await cli(plan)).code).toBe(0);
    const other = colouredFolder(scratch, "other");
    scratch.write("other/yellow/1.bmp", readFileSync(scratch.path("other", "red", "1.bmp")));
    const { code, err } = await cli(["search", "run", scratch.path("planned"), "--shard", "0", "--data", other]);
    expect(code).toBe(2);
    expect(scratch.strip(err)).toMatchInlineSnapshot(`
      "error: other has other pictures than the plan was made with
        expected: 18 pictures of blue, green, red
        received: 19 pictures of blue, green, red, yellow
      "
    `);
  });
});

describe("efficientnet search grid", () => {
  const grid = [
    "search",
    "grid",
    scratch.path("grid"),
    "--data",
    pictures,
    ...training,
    "--step",
    "0.4",
    "--per-class",
    "4",
  ];

  it("trains a network of each point, and keeps the results", async () => {
    const { code, out, err } = await cli([...grid, "--tolerance", "0.25"]);
    expect([code, err]).toEqual([0, ""]);
    const numbers = out
      .replace(/\d+\.\d %/g, "N %")
      .split("\n")
      .slice(1)
      .sort()
      .join("\n");
    expect(numbers).toMatchInlineSnapshot(`
      "
       1.00  1.00   1.40     1.96    24       153 k  2.57 M    N %
       1.00  1.40   1.00     1.96    16       300 k  2.27 M    N %
       1.80  1.00   1.00     1.80    16       336 k  2.53 M    N %
       2.20  1.00   1.00     2.20    16       428 k  3.29 M    N %"
    `);
    const again = await cli([...grid, "--tolerance", "0.25"]);
    expect(again.out).toBe(out);
  });

  it("refuses a folder with results of another grid", async () => {
    const { code, err } = await cli([...grid, "--tolerance", "0.3"]);
    expect(code).toBe(2);
    expect(err).toContain("has results of other work");
  });
});
