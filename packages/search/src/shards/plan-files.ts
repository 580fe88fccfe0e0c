import { mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import { type CandidateResult, formatPlan, parsePlan, type SearchPlan } from "@efficientnet/nas";
import { readPartial } from "./partial-file.js";
import { readShard } from "./shard-file.js";
import { writeNew } from "./write-new.js";

const planPath = (folder: string) => join(folder, "plan.json");

/**
 * Writes a plan into a folder of its own. The same plan may be written again.
 *
 * @throws `invalid-argument` where the folder has another plan.
 */
export async function writePlan(folder: string, plan: SearchPlan): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (await writeNew(planPath(folder), formatPlan(plan))) return;
  const { hash } = await readPlan(folder);
  if (hash === plan.hash) return;
  throw new EfficientNetError("invalid-argument", `${folder} has another plan`, {
    expected: `a new folder, or the options of plan ${hash}`,
    received: `options that make plan ${plan.hash}`,
    hint: "its results belong to that plan, and are kept",
  });
}

/** @throws `wrong-file` for a folder without a plan, or with one that was changed. */
export async function readPlan(folder: string): Promise<SearchPlan> {
  const text = await readFile(planPath(folder), "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new EfficientNetError("wrong-file", `${folder} has no search plan`, {
      ...(cause.code !== "ENOENT" && { received: cause.message }),
      hint: "make one: efficientnet search plan",
      cause,
    });
  });
  return parsePlan(text);
}

/** The results of a plan's shards in a folder, and which shards are not finished. */
export interface FoundResults {
  readonly results: readonly CandidateResult[];
  readonly unfinished: readonly number[];
}

/**
 * Every result that a folder has, of finished shards and, unless they are unwanted, of others.
 *
 * @throws `wrong-file` for a file that is not what its name says; `invalid-argument` for files of shards that the plan
 * does not have.
 */
export async function readResults(folder: string, { shards }: SearchPlan): Promise<FoundResults> {
  await checkNames(folder, shards);
  const results: CandidateResult[] = [];
  const unfinished: number[] = [];
  for (let shard = 0; shard < shards; shard++) {
    const finished = await readShard(folder, shard);
    if (finished === null) unfinished.push(shard);
    results.push(...(finished ?? (await readPartial(folder, shard))));
  }
  return { results, unfinished };
}

/** A file of a shard beyond the plan's comes from another plan. */
async function checkNames(folder: string, shards: number): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, shard] = /^shard-(\d+)\.(?:json|.+\.jsonl)$/.exec(name) ?? [];
    if (shard === undefined || Number(shard) < shards) continue;
    throw new EfficientNetError("invalid-argument", `${name} in ${folder} is of a shard that the plan does not have`, {
      expected: `shards 0 to ${shards - 1}`,
    });
  }
}
