import { forkedHosts, profileNetwork, RIVALS, type Rival, runRaces } from "@efficientnet/bench";
import { unknownName } from "@efficientnet/errors";
import type { Report } from "../report.js";
import { formatProfile } from "./format-profile.js";

export interface InferOptions {
  readonly models: readonly string[];
  readonly threads: readonly number[];
  readonly batch: readonly number[];
  readonly size?: number;
  readonly vs: readonly string[];
  readonly rounds: number;
  readonly runs: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly profile?: boolean;
}

/** Who can race in Node: all but those that need another language. */
const NODE_RIVALS = RIVALS.filter((name) => !name.startsWith("pytorch"));

/** The engine beside its rivals, or step by step beside its floor. Ends with 1 where somebody gave other logits. */
export async function benchInfer(options: InferOptions, report: Report): Promise<0 | 1> {
  if (options.profile) return profile(options, report);
  const { warmUp, vs, ...asked } = options;
  const found = await runRaces(
    {
      ...asked,
      ...{ vs: vs.map(checkRival), backends: ["wasm"], warmUpMs: warmUp, signal: report.signal },
      onRound: (round) => report.progress(`round ${round} of ${options.rounds}`),
    },
    async () => forkedHosts(),
    report.json ? () => undefined : (text) => report.answer(text),
  );
  if (report.json) report.answer(JSON.stringify(found, null, 2));
  for (const { reason } of found.skipped) report.warn(reason);
  const ok = found.measurements.every(({ timed, disagreement }) => timed.length > 0 && !disagreement);
  return ok && found.skipped.length === 0 ? 0 : 1;
}

async function profile({ models, size, seed }: InferOptions, report: Report): Promise<0> {
  for (const model of models) {
    report.progress(`timing the steps of ${model}`);
    const found = await profileNetwork(model, { size, seed, signal: report.signal });
    report.answer(report.json ? JSON.stringify(found) : `${formatProfile(found)}\n`);
  }
  return 0;
}

function checkRival(name: string): Rival {
  const found = NODE_RIVALS.find((one) => one === name);
  if (found === undefined) throw unknownName("contestant", name, NODE_RIVALS);
  return found;
}
