import { readdirSync, readFileSync, rmSync } from "node:fs";
import { seededRandom } from "@efficientnet/nas";
import { validateSpec } from "@efficientnet/specs";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { createScratch } from "../testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

/** Evaluates at once, from the candidate's seed; tells the test, which may have it die. */
const evaluator = scratch.write(
  "evaluator.mjs",
  `export default () => async ({ spec, seed, number }) => {
    globalThis.onEvaluate?.(number);
    const depth = spec.stages.reduce((sum, { repeats }) => sum + repeats, 0);
    if (seed % 13 === 5) return { failed: "the loss is NaN after 3 steps" };
    return { measured: { accuracy: Math.abs(Math.sin(seed)), stepRatio: depth / 10, parameters: 1000 * depth } };
  };`,
);
const hooks = globalThis as { onEvaluate?: ((number: number) => void) | undefined };
const plan = ["--evaluator", evaluator, "--space", "small-v2", "--reward", "v2"];
const json = (...names: readonly string[]) => JSON.parse(readFileSync(scratch.path(...names), "utf8"));

let evaluated: number[] = [];
beforeEach(() => {
  evaluated = [];
  hooks.onEvaluate = (number) => evaluated.push(number);
});
afterEach(() => {
  hooks.onEvaluate = undefined;
});

describe("efficientnet search local", () => {
  const local = ["search", "local", scratch.path("local"), ...plan, "--samples", "12"];

  it("prints the front and writes the best network in every form", async () => {
    const { code, out, err } = await cli(local);
    expect([code, err]).toEqual([0, ""]);
    expect(scratch.strip(out)).toMatchInlineSnapshot(`
      "11 of 12 candidates measured, 1 failed (the loss is NaN after 3 steps); 3 on the front, * has the highest reward

      candidate  network                        reward  accuracy  step / base  parameters
             8*  training-aware-small-v2-9527   1.1839    98.9 %         0.70      7.00 k
            11   training-aware-small-v2-26437  1.1610   100.0 %         0.90      9.00 k
             2   training-aware-small-v2-499    1.1084    90.9 %         0.60      6.00 k

      written: local/result.json, local/best.json, local/best.timm-blocks.txt, local/best.google-blocks.txt, local/best_timm.py
      "
    `);
    validateSpec(json("local", "best.json"));
    expect(readFileSync(scratch.path("local", "best_timm.py"), "utf8")).toContain("def training_aware_small_v2_");
    expect(evaluated).toHaveLength(12);
  });

  it("evaluates nothing twice", async () => {
    const before = json("local", "result.json");
    expect((await cli(local)).code).toBe(0);
    expect([evaluated, json("local", "result.json")]).toEqual([[], before]);
  });

  it("goes on where Ctrl-C ended it", async () => {
    const controller = new AbortController();
    hooks.onEvaluate = (number) => {
      evaluated.push(number);
      if (evaluated.length === 5) controller.abort();
    };
    const interrupted = ["search", "local", scratch.path("interrupted"), ...plan, "--samples", "12"];
    expect((await cli(interrupted, { signal: controller.signal })).code).toBe(130);
    expect((await cli(interrupted)).code).toBe(0);
    expect(evaluated).toHaveLength(12);
    expect(json("interrupted", "result.json")).toEqual(json("local", "result.json"));
  });

  it("shows what is under way where somebody watches", async () => {
    const { err } = await cli(["search", "local", scratch.path("watched"), ...plan, "--samples", "3"], {
      isTerminal: true,
    });
    expect(err).toMatch(/3 of 3, \d+ s left: candidate 2, network \d+/);
  });

  it("refuses a folder that has another plan, and keeps its results", async () => {
    const { code, err } = await cli([...local, "--seed", "9"]);
    expect(code).toBe(2);
    expect(scratch.strip(err)).toMatch(/^error: local has another plan\n/);
    expect(json("local", "result.json").candidates.length).toBeGreaterThan(0);
  });
});

describe("efficientnet search report", () => {
  it("writes a page that needs nothing else", async () => {
    const { code } = await cli(["search", "report", scratch.path("local"), "--quiet"]);
    expect(code).toBe(0);
    const page = readFileSync(scratch.path("local", "report.html"), "utf8");
    expect(page).toContain("<title>Search in training-aware-small-v2</title>");
    expect(page).not.toMatch(/(src|href)="http/);
    for (const title of ["Accuracy against costs", "Reward over time", "The best network", "The front"]) {
      expect(page).toContain(title);
    }
  });
});

describe("efficientnet search next", () => {
  it("plans the best of a search again, evaluated with more", async () => {
    const next = scratch.path("next");
    const { out } = await cli(["search", "next", scratch.path("local"), next, "--eta", "4", "--epochs", "20"]);
    expect(scratch.strip(out)).toMatch(/^the best 3 of 12 candidates, in 1 shard: plan [0-9a-f]{16} in next\n$/);
    const { space, evaluation } = json("next", "plan.json");
    expect([space.name, evaluation.epochs]).toEqual(["training-aware-small-v2", 20]);
  });
});

describe("200 shards", () => {
  const folder = scratch.path("shards");
  const run = (shard: number) => cli(["search", "run", folder, "--shard", String(shard), "--evaluator", evaluator]);

  it("run in any order and killed at random, merge to what one machine finds", async () => {
    await cli(["search", "plan", folder, ...plan, "--samples", "400", "--shards", "200"]);
    const random = seededRandom("kills");
    let lives = Number.POSITIVE_INFINITY;
    hooks.onEvaluate = () => {
      if (lives-- <= 0) throw new Error("killed");
    };
    const left = Array.from({ length: 200 }, (_, shard) => shard);
    while (left.length > 0) {
      const at = Math.floor(random() * left.length);
      lives = Math.floor(random() * 4);
      if ((await run(left[at] ?? 0)).code === 0) left.splice(at, 1);
    }
    expect((await cli(["search", "merge", folder])).code).toBe(0);
    hooks.onEvaluate = undefined;
    await cli(["search", "local", scratch.path("one"), ...plan, "--samples", "400"]);
    const { plan: _, ...merged } = json("shards", "result.json");
    const { plan: __, ...single } = json("one", "result.json");
    expect(merged).toEqual(single);
    expect(merged.candidates.length + merged.failures.length).toBe(400);
  });

  it("that are missing are named, and come back", async () => {
    rmSync(scratch.path("shards", "shard-0007.json"));
    const { code, err } = await cli(["search", "merge", folder]);
    expect(code).toBe(2);
    expect(err).toMatchInlineSnapshot(`
      "error: 2 of 400 candidates have no result
        received: missing in shards 7 (2)
        hint: run those shards again: they go on where they stopped
      "
    `);
    await run(7);
    expect((await cli(["search", "merge", folder])).code).toBe(0);
  });

  it("of another version are refused, and leave nothing behind", async () => {
    const before = readdirSync(folder);
    const { code, err } = await cli(["search", "run", folder, "--shard", "7", "--evaluator", evaluator], {
      version: "9.9.9",
    });
    expect(code).toBe(2);
    expect(err).toContain("the plan is for version source");
    expect(readdirSync(folder)).toEqual(before);
  });
});

describe("a search that cannot be", () => {
  const refusals: Readonly<Record<string, readonly string[]>> = {
    "without pictures": ["plan", scratch.path("none"), "--space", "small-v2"],
    "with an impossible budget": ["plan", scratch.path("none"), ...plan, "--max-parameters", "10"],
    "in an unknown space": ["plan", scratch.path("none"), "--evaluator", evaluator, "--space", "v3"],
    "by an unknown strategy": ["plan", scratch.path("none"), ...plan, "--strategy", "evolve"],
    "by MnasNet's reward without target": ["plan", scratch.path("none"), ...plan, "--reward", "mnasnet"],
    "with more shards than samples": ["plan", scratch.path("none"), ...plan, "--samples", "2", "--shards", "3"],
    "without a plan": ["run", scratch.path("empty"), "--shard", "0"],
    "of an unsaid shard": ["run", scratch.path("local"), "--evaluator", evaluator],
    "of a shard beyond the plan": ["run", scratch.path("local"), "--evaluator", evaluator, "--shard", "1"],
    "without its evaluator": ["run", scratch.path("local"), "--shard", "0"],
  };

  it.each(Object.entries(refusals))("is refused: %s", async (_, argv) => {
    const { code, out, err } = await cli(["search", ...argv]);
    expect([out, code === 0]).toEqual(["", false]);
    expect(scratch.strip(err)).toMatchSnapshot();
    expect(readdirSync(scratch.path("."))).not.toContain("none");
  });

  it("has no front where every candidate failed", async () => {
    const failing = scratch.write("failing.mjs", "export default () => async () => ({ measured: { accuracy: NaN } });");
    const folder = scratch.path("failed");
    const { code, err } = await cli([
      "search",
      "local",
      folder,
      "--evaluator",
      failing,
      "--space",
      "small-v2",
      "--samples",
      "3",
    ]);
    expect(code).toBe(1);
    expect(err).toMatchInlineSnapshot(`
      "error: no candidate of 3 was measured: there is no front
        received: candidate 0: accuracy is NaN
      "
    `);
    expect(json("failed", "shard-0000.json").results).toHaveLength(3);
  });
});
