import { type Engine, engineName } from "./engine.js";
import type { Hosts } from "./open-hosts.js";
import { median, pairedRatios, relativeDifference, type Spread, spreadOf } from "./statistics.js";
import type { Task } from "./task.js";
import type { Verbs } from "./verbs.js";

/** Answers farther than this from ours, in standard deviations of the logits, are not of the same network. */
export const AGREEMENT = 1e-4;

export interface RaceOptions {
  /** Rounds: every contestant has one turn in each. */
  readonly rounds: number;
  /** Runs in a turn; the turn's time is their median. */
  readonly runs: number;
  /** Milliseconds that each contestant runs before anything counts. */
  readonly warmUpMs: number;
}

/** A contestant that was timed. */
export interface Timed {
  readonly name: string;
  readonly description: string;
  /** Largest difference from our logits over their standard deviation. */
  readonly difference: number;
  /** Milliseconds of each round. */
  readonly times: readonly number[];
  readonly milliseconds: Spread;
  /** Its time over ours, round by round: above 1 it is slower than ours. */
  readonly ratio: Spread;
}

/** A contestant that was not timed, and why. */
export interface LeftOut {
  readonly name: string;
  readonly reason: string;
}

export interface RaceResult {
  readonly timed: readonly Timed[];
  readonly leftOut: readonly LeftOut[];
  /** Some contestant computed other logits. */
  readonly disagreement: boolean;
}

interface Entrant {
  readonly engine: Engine;
  readonly name: string;
  readonly description: string;
  readonly host: Verbs;
  readonly answer: Float32Array;
}

/**
 * Opens all engines on the task, lets those run that agree with the first, ours, and times them in turns
 * (A B C A B C ...), so that a busy moment of the machine meets all of them.
 */
export async function race(
  engines: readonly Engine[],
  task: Task,
  hosts: Hosts,
  options: RaceOptions,
): Promise<RaceResult> {
  const leftOut: LeftOut[] = [];
  const entrants: Entrant[] = [];
  for (const engine of engines) {
    try {
      entrants.push(await enter(engine, task, hosts.next()));
    } catch (error) {
      leftOut.push({ name: engineName(engine), reason: error instanceof Error ? error.message : String(error) });
    }
  }
  const [ours] = entrants;
  if (ours === undefined || ours.engine.kind !== "ours") return { timed: [], leftOut, disagreement: false };
  const differences = entrants.map(({ answer }) => relativeDifference(answer, ours.answer));
  const agreeing = entrants.filter((_, i) => (differences[i] ?? Number.NaN) <= AGREEMENT);
  for (const [i, { name }] of entrants.entries()) {
    if (agreeing.some((entrant) => entrant.name === name)) continue;
    const reason = `its logits differ from ours by ${differences[i]?.toExponential(1)} standard deviations, more than ${AGREEMENT}`;
    leftOut.push({ name, reason });
  }
  const times = await timeInTurns(agreeing, options);
  await Promise.all(entrants.map(({ host, engine }) => host.close(engine)));
  const baseline = times.get(ours) ?? [];
  return {
    timed: agreeing.map((entrant) => {
      const own = times.get(entrant) ?? [];
      return {
        name: entrant.name,
        description: entrant.description,
        difference: differences[entrants.indexOf(entrant)] ?? Number.NaN,
        times: own,
        milliseconds: spreadOf(own),
        ratio: spreadOf(pairedRatios(own, baseline)),
      };
    }),
    leftOut,
    disagreement: agreeing.length < entrants.length,
  };
}

async function enter(engine: Engine, task: Task, host: Verbs): Promise<Entrant> {
  const description = await host.open(engine, task);
  return { engine, name: engineName(engine), description, host, answer: await host.answer(engine) };
}

async function timeInTurns(
  entrants: readonly Entrant[],
  { rounds, runs, warmUpMs }: RaceOptions,
): Promise<ReadonlyMap<Entrant, readonly number[]>> {
  for (const { host, engine } of entrants) {
    for (const start = performance.now(); performance.now() - start < warmUpMs; ) await host.time(engine, 1);
  }
  const times = new Map(entrants.map((entrant) => [entrant, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const [{ host, engine }, own] of times) own.push(median(await host.time(engine, runs)));
  }
  return times;
}
