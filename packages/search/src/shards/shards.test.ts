import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  efficientNetProduct,
  mergeResults,
  type PlanSearchOptions,
  planSearch,
  type SearchPlan,
  seededRandom,
  shardOf,
  trainingAwareSpace,
} from "@efficientnet/nas";
import { countMacs, getSpec } from "@efficientnet/specs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Evaluate } from "./outcome.js";
import { readPlan, readResults, writePlan } from "./plan-files.js";
import { runShard } from "./run-shard.js";

const OPTIONS: PlanSearchOptions = {
  space: trainingAwareSpace({ base: getSpec("test-efficientnet") }),
  samples: 8,
  shards: 2,
  reward: efficientNetProduct(),
  codeVersion: "1.0.0",
};
const plan = planSearch(OPTIONS);
const codeVersion = plan.codeVersion;

const evaluate: Evaluate = async ({ spec, seed }) =>
  seed % 5 === 4
    ? { failed: "the loss is NaN after 3 steps" }
    : { measured: { accuracy: seededRandom(seed)(), macs: countMacs(spec, 32).total } };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "efficientnet-search-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = (shard: number, one: Evaluate = evaluate, of: SearchPlan = plan) =>
  runShard(of, shard, folder, one, { codeVersion: of.codeVersion });

/** Evaluates, but dies before the given candidate of the shard. */
function dyingBefore(candidate: number): Evaluate {
  let begun = 0;
  return async (...given) => {
    if (begun++ === candidate) throw new Error("killed");
    return evaluate(...given);
  };
}

describe("runShard", () => {
  it("evaluates the shard's candidates and leaves one file", async () => {
    const results = await run(1);
    expect(results.map(({ number }) => number)).toEqual(shardOf(plan, 1));
    expect(readdirSync(folder)).toEqual(["shard-0001.json"]);
  });

  it("does not evaluate anything again, whether finished or not", async () => {
    await expect(run(0, dyingBefore(2))).rejects.toThrow("killed");
    const evaluated: number[] = [];
    const counting: Evaluate = async (candidate, context) => {
      evaluated.push(candidate.number);
      return evaluate(candidate, context);
    };
    const results = await run(0, counting);
    expect(evaluated).toEqual(shardOf(plan, 0).slice(2));
    expect(await run(0, counting)).toEqual(results);
    expect(evaluated).toHaveLength(2);
  });

  it("loses no more than the result that was being written", async () => {
    await expect(run(0, dyingBefore(3))).rejects.toThrow("killed");
    const [partial = ""] = readdirSync(folder);
    const text = readFileSync(join(folder, partial), "utf8");
    writeFileSync(join(folder, partial), text.slice(0, -20));
    const { results, unfinished } = await readResults(folder, plan);
    expect([results.length, unfinished]).toEqual([2, [0, 1]]);
    const resumed = await run(0);
    expect(resumed.map(({ number }) => number)).toEqual(shardOf(plan, 0));
  });

  it("takes over from a process that died on this machine, and takes its file away", async () => {
    await expect(run(0, dyingBefore(3))).rejects.toThrow("killed");
    const [mine = ""] = readdirSync(folder);
    const dead = mine.replace(`-${process.pid}.`, "-4194305.");
    writeFileSync(join(folder, dead), readFileSync(join(folder, mine)));
    rmSync(join(folder, mine));
    await expect(run(0, dyingBefore(0))).rejects.toThrow("killed");
    expect(readdirSync(folder)).toEqual([mine]);
    expect((await readResults(folder, plan)).results).toHaveLength(3);
  });

  it("lets the first of two processes count that run the same shard", async () => {
    let second: Promise<unknown> = Promise.resolve();
    const slow: Evaluate = async (candidate, context) => {
      if (candidate.number === 0) second = run(0, async () => ({ measured: { accuracy: 1, macs: 1 } }));
      await second;
      return evaluate(candidate, context);
    };
    const results = await run(0, slow);
    expect(results.every(({ measured }) => measured?.accuracy === 1)).toBe(true);
    expect(readdirSync(folder)).toEqual(["shard-0000.json"]);
  });

  it("records a measurement that is no number as a failure", async () => {
    const [first] = await run(0, async () => ({ measured: { accuracy: Number.NaN, macs: 1 } }));
    expect(first?.failed).toBe("accuracy is NaN");
  });

  it("ends between two candidates when it is aborted, and goes on later", async () => {
    const controller = new AbortController();
    const aborting: Evaluate = async (candidate, context) => {
      controller.abort();
      return evaluate(candidate, context);
    };
    const options = { codeVersion, signal: controller.signal };
    await expect(runShard(plan, 0, folder, aborting, options)).rejects.toMatchObject({ code: "aborted" });
    expect((await readResults(folder, plan)).results).toHaveLength(1);
    expect(await run(0)).toHaveLength(4);
  });

  it("refuses another version of the code, a shard beyond the plan, results of another plan", async () => {
    await expect(
      runShard(plan, 0, folder, evaluate, { codeVersion: "1.1.0" }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the plan is for version 1.0.0
        expected: 1.0.0
        received: 1.1.0
        hint: evaluate with the version that made the plan, or make another plan; results so far stay as they are]
    `);
    await expect(run(2)).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: shard 2 is not of this plan
        expected: a whole number from 0 to 1]
    `);
    await run(0);
    const other = planSearch({ ...OPTIONS, seed: 1 });
    await expect(run(0, evaluate, other)).rejects.toMatchObject({ code: "invalid-argument" });
    expect((await readResults(folder, plan)).results).toHaveLength(4);
  });

  it("refuses a file that is none of its results, and leaves it", async () => {
    writeFileSync(join(folder, "shard-0000.json"), "{");
    await expect(run(0)).rejects.toMatchObject({ code: "wrong-file" });
    expect(readdirSync(folder)).toEqual(["shard-0000.json"]);
  });
});

describe("writePlan", () => {
  it("may be repeated, and refuses a folder with another plan", async () => {
    await writePlan(folder, plan);
    await writePlan(folder, plan);
    expect(await readPlan(folder)).toEqual(plan);
    const other = planSearch({ ...OPTIONS, seed: 1 });
    await expect(writePlan(folder, other)).rejects.toMatchObject({ code: "invalid-argument" });
    expect(await readPlan(folder)).toEqual(plan);
  });

  it("tells a folder without plan from one with a plan", async () => {
    await expect(readPlan(folder)).rejects.toMatchObject({ code: "wrong-file" });
  });
});

describe("readResults", () => {
  it("refuses shards that the plan does not have", async () => {
    writeFileSync(join(folder, "shard-0007.json"), "{}");
    await expect(readResults(folder, plan)).rejects.toMatchObject({ code: "invalid-argument" });
  });
});

describe("50 shards", () => {
  it.each(["random", "evolution"] as const)(
    "of a %s search, run in any order and killed at random, merge to the result of an undisturbed run",
    async (name) => {
      const many = planSearch({ ...OPTIONS, samples: 120, shards: 50, strategy: { name } });
      const random = seededRandom("kills", name);
      const left = Array.from({ length: many.shards }, (_, shard) => shard);
      while (left.length > 0) {
        const at = Math.floor(random() * left.length);
        const shard = left[at] as number;
        const lives = Math.floor(random() * 6);
        const ended = await run(shard, dyingBefore(lives), many).catch((error: Error) => {
          expect(error.message).toBe("killed");
          return null;
        });
        if (ended !== null) left.splice(at, 1);
      }
      const merged = mergeResults(many, (await readResults(folder, many)).results);
      rmSync(folder, { recursive: true });
      folder = mkdtempSync(join(tmpdir(), "efficientnet-search-"));
      for (let shard = 0; shard < many.shards; shard++) await run(shard, evaluate, many);
      expect(merged).toEqual(mergeResults(many, (await readResults(folder, many)).results));
      expect(merged.candidates.length + merged.failures.length).toBe(120);
    },
  );
});
