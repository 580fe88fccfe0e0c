import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { cli } from "../testing/cli.js";
import { createScratch } from "../testing/scratch.js";

const scratch = createScratch();
afterAll(() => scratch.remove());

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

const evaluator = scratch.write(
  "evaluator.mjs",
  `export default () => async ({ seed }) => {
    await new Promise((resolve) => setTimeout(resolve, 40));
    return { measured: { accuracy: Math.abs(Math.sin(seed)), stepRatio: 1 } };
  };`,
);
const plan = ["--evaluator", evaluator, "--space", "small-v2", "--reward", "v2-hard", "--samples", "40"];
const folder = scratch.path("killed");

/** The candidates of a shard that are on the disk. */
function countResults(shard: number): number {
  const name = `shard-000${shard}.`;
  const partials = readdirSync(folder).filter((file) => file.startsWith(name) && file.endsWith(".jsonl"));
  return Math.max(
    0,
    ...partials.map((file) => readFileSync(scratch.path("killed", file), "utf8").split("\n").length - 1),
  );
}

/** Runs a shard as a batch system would, and kills it without warning when so many candidates are on the disk. */
async function runShard(shard: number, variable: string, killAt: number): Promise<number | null> {
  const args = ["--conditions=@efficientnet/source", "--import", "tsx", main];
  const child = spawn(process.execPath, [...args, "search", "run", folder, "--evaluator", evaluator, "--quiet"], {
    env: { ...process.env, [variable]: String(shard) },
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  while (child.exitCode === null && countResults(shard) < killAt) await setTimeout(10);
  child.kill("SIGKILL");
  return ended;
}

describe("a search whose processes are killed with SIGKILL", () => {
  it("loses nothing, and ends as if nothing had happened", async () => {
    await cli(["search", "plan", folder, ...plan, "--shards", "2"], { version });
    expect(await runShard(1, "SLURM_ARRAY_TASK_ID", 3)).toBeNull();
    expect(await runShard(0, "JOB_COMPLETION_INDEX", 6)).toBeNull();
    const before = [countResults(0), countResults(1)];
    expect(before[0]).toBeGreaterThanOrEqual(6);
    expect(await runShard(1, "SLURM_ARRAY_TASK_ID", 9)).toBeNull();
    expect(countResults(1)).toBeGreaterThanOrEqual(9);
    for (const shard of [0, 1]) {
      await cli(["search", "run", folder, "--evaluator", evaluator, "--shard", String(shard)], { version });
      expect(existsSync(scratch.path("killed", `shard-000${shard}.json`))).toBe(true);
    }
    await cli(["search", "merge", folder], { version });
    await cli(["search", "local", scratch.path("one"), ...plan], { version });
    const [merged, single] = ["killed", "one"].map((name) => {
      const { plan: _, ...result } = JSON.parse(readFileSync(scratch.path(name, "result.json"), "utf8"));
      return result;
    });
    expect(merged).toEqual(single);
    expect(readdirSync(folder).filter((name) => /jsonl|tmp/.test(name))).toEqual([]);
  });
});
