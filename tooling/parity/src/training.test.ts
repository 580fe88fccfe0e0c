import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareTensors } from "./compare-tensors.js";
import { findGoldens } from "./find-goldens.js";
import { checkGolden, formatRow } from "./report.js";
import { openRunner, type Runner } from "./runner.js";

const folder = fileURLToPath(new URL("../../reference/goldens/train/", import.meta.url));
const GOLDENS = findGoldens(folder);
/** One of each kind; the browser's devices are software here. */
const IN_THE_BROWSER = ["mbconv_e4_k3_s1_se_residual.same", "fused_e4_k3_s2.symmetric"];

describe.each([
  ["wasm", GOLDENS],
  ["webgl", GOLDENS.filter(({ name }) => IN_THE_BROWSER.includes(name))],
  ["webgpu", GOLDENS.filter(({ name }) => IN_THE_BROWSER.includes(name))],
] as const)("training on %s", (backend, goldens) => {
  let runner: Runner;
  beforeAll(async () => {
    runner = await openRunner(backend);
  });
  afterAll(() => runner?.close());

  it.each(goldens)("$name gives PyTorch's outputs, gradients and statistics", async (golden) => {
    const rows = await checkGolden(golden, runner);
    expect(rows).toHaveLength(5);
    expect(rows.filter(({ ok }) => !ok).map(formatRow)).toEqual([]);
  });
});

it("goldens of training are found in any folder", () => {
  expect(findGoldens(join(folder, "steps.json")).map(({ kind, name }) => `${kind} ${name}`)).toEqual(["train steps"]);
  expect(findGoldens(join(folder, "blocks.json"))).toHaveLength(12);
});

describe("tensors", () => {
  const summary = (values: readonly number[], mean: number, std: number) => ({
    shape: [2],
    mean,
    std,
    at: [0, 1],
    values,
  });
  const compare = (small: readonly number[], expected: ReturnType<typeof summary>) =>
    compareTensors(
      "gradients",
      new Map([
        ["large", { shape: [2], values: Float32Array.of(8, -8) }],
        ["small", { shape: [small.length], values: Float32Array.from(small) }],
      ]),
      { large: summary([8, -8], 0, 8), small: expected },
    );

  it("are held against their own largest value", () => {
    expect(compare([0.002, 0.001], summary([0.001, 0.001], 0.0015, 0))).toMatchObject({ where: "small" });
    expect(compare([0.002, 0.001], summary([0.001, 0.001], 0.0015, 0)).worst).toBeCloseTo(0.5, 3);
  });

  it("that are 0 in float64 are held against the largest of their group", () => {
    const { worst, where } = compare([8e-6, 0], summary([1e-18, 0], 0, 1e-18));
    expect(worst).toBeCloseTo(1e-6, 9);
    expect(where).toBe("small, 0 in float64");
  });

  it("of another shape never pass", () => {
    expect(compare([1], summary([1, 1], 1, 0)).worst).toBe(Number.POSITIVE_INFINITY);
  });
});
