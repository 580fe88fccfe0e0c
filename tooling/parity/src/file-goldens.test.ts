import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSafetensors } from "@efficientnet/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findGoldens } from "./find-goldens.js";
import { checkGolden } from "./report.js";
import type { Runner } from "./runner.js";

const runner: Runner = {
  backend: "wasm",
  checkNet: () => Promise.reject(new Error("not asked for")),
  answerPictures: async () => ({ labels: null, rows: [] }),
  checkBlock: async () => [],
  checkSteps: async () => [],
  logitsOfFile: async () => new Float32Array(),
  close: async () => undefined,
};

describe("the golden of a file", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "file-goldens-"));
    const values = Float32Array.of(1, 2);
    writeFileSync(join(folder, "two.safetensors"), writeSafetensors([["conv.weight", { shape: [2], values }]]));
    writeFileSync(join(folder, "text.safetensors"), "no weights at all");
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const check = async (file: string, entry: object) => {
    const index = join(folder, "index.json");
    writeFileSync(index, JSON.stringify({ [file]: { family: "timm", ...entry } }));
    const rows = await Promise.all(findGoldens(index).map((golden) => checkGolden(golden, runner)));
    return rows.flat().map(({ ok, error }) => (ok ? "ok" : (error ?? "differs")));
  };

  it.each([
    ["a refusal that comes", "text.safetensors", { expect: "refused: known" }, "ok"],
    [
      "a refusal that does not",
      "two.safetensors",
      { expect: "refused: two.safetensors" },
      "refused: two.safetensors, but: Error: it was read",
    ],
    [
      "a refusal without a reason",
      "text.safetensors",
      { expect: "refused" },
      '"refused" does not say what the message must name',
    ],
    ["values that are there", "two.safetensors", { tensors: { "conv.weight": { shape: [2], values: [1, 2] } } }, "ok"],
    ["other values", "two.safetensors", { tensors: { "conv.weight": { shape: [2], values: [1, 3] } } }, "differs"],
    ["nothing to compare", "two.safetensors", {}, "no logits, no tensors and no refusal to compare with"],
  ])("%s", async (_, file, entry, outcome) => {
    expect(await check(file, entry)).toEqual([outcome]);
  });
});
