import { mergeResults, planNextRung } from "@efficientnet/nas";
import { readPlan, readResults, writePlan } from "@efficientnet/search/node";
import type { Report } from "../report.js";

export interface NextOptions {
  readonly eta: number;
  readonly epochs?: number;
  readonly resolution?: number;
}

/** Plans the next rung of successive halving: the best networks of a finished search, to be trained longer or larger. */
export async function planNext(folder: string, next: string, options: NextOptions, report: Report): Promise<0> {
  const { eta, epochs, resolution } = options;
  const plan = await readPlan(folder);
  const { results } = await readResults(folder, plan);
  const evaluation = {
    ...plan.evaluation,
    ...(epochs !== undefined && { epochs }),
    ...(resolution !== undefined && { imageSize: resolution }),
  };
  const rung = planNextRung(plan, mergeResults(plan, results), { eta, evaluation });
  await writePlan(next, rung);
  const { hash, samples, shards } = rung;
  report.answer(
    report.json
      ? JSON.stringify({ folder: next, hash, samples, shards }, null, 2)
      : `the best ${samples} of ${plan.samples} candidates, in ${shards} ${shards === 1 ? "shard" : "shards"}: plan ${hash} in ${next}`,
  );
  return 0;
}
