import { EfficientNetError } from "@efficientnet/errors";
import { seededRandom, shuffle } from "@efficientnet/random";
import { median, type Spread, spreadOf } from "@efficientnet/search";
import { pairedRatios, relativeDifference } from "./comparison.js";
import { type Engine, engineName, opponentOf } from "./engine.js";
import type { Hosts } from "./hosts.js";
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
  readonly signal?: AbortSignal | undefined;
  /** Called after each round. */
  readonly onRound?: ((round: number) => void) | undefined;
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
  /** Its time over that of ours with as many threads, round by round: above 1 it is slower than ours. */
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
 * Opens all engines on the task, lets those run that agree with the first, ours, and times them in turns, so that a
 * busy moment of the machine meets all of them.
 */
export async function race(
  engines: readonly Engine[],
  task: Task,
  hosts: Hosts,
  options: RaceOptions,
): Promise<RaceResult> {
  const { entrants, leftOut } = await enterAll(engines, task, hosts);
  const [ours] = entrants;
  if (ours === undefined || ours.engine !== engines[0]) return { timed: [], leftOut, disagreement: false };
  const differences = new Map(entrants.map((one) => [one, relativeDifference(one.answer, ours.answer)]));
  const agrees = (one: Entrant) => (differences.get(one) ?? Number.NaN) <= AGREEMENT;
  const refused = entrants.filter((one) => !agrees(one));
  const racing = entrants.filter(agrees);
  const times = await timeInTurns(racing, options);
  const opponentTimes = ({ engine }: Entrant) => {
    const opponent = opponentOf(
      engine,
      racing.map((one) => one.engine),
    );
    return [...times].find(([one]) => one.engine === opponent)?.[1] ?? [];
  };
  await Promise.all(entrants.map(({ host, engine }) => host.close(engine)));
  return {
    timed: [...times].map(([one, own]) => ({
      name: one.name,
      description: one.description,
      difference: differences.get(one) ?? Number.NaN,
      times: own,
      milliseconds: spreadOf(own),
      ratio: spreadOf(pairedRatios(own, opponentTimes(one))),
    })),
    leftOut: [
      ...leftOut,
      ...refused.map((one) => ({
        name: one.name,
        reason: `its logits differ from ours by ${differences.get(one)?.toExponential(1)} standard deviations, more than ${AGREEMENT}`,
      })),
    ],
    disagreement: refused.length > 0,
  };
}

/** An engine that does not start here is left out; the others race without it. */
async function enterAll(engines: readonly Engine[], task: Task, hosts: Hosts) {
  const entrants: Entrant[] = [];
  const leftOut: LeftOut[] = [];
  for (const engine of engines) {
    const name = engineName(engine);
    try {
      const host = hosts.next(engine);
      const description = await host.open(engine, task);
      entrants.push({ engine, name, description, host, answer: await host.answer(engine) });
    } catch (error) {
      leftOut.push({ name, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { entrants, leftOut };
}

async function timeInTurns(
  entrants: readonly Entrant[],
  { rounds, runs, warmUpMs, signal, onRound }: RaceOptions,
): Promise<ReadonlyMap<Entrant, readonly number[]>> {
  for (const { host, engine } of entrants) {
    for (const start = performance.now(); performance.now() - start < warmUpMs; ) await host.time(engine, 1);
  }
  const times = new Map(entrants.map((entrant) => [entrant, [] as number[]]));
  for (let round = 0; round < rounds; round++) {
    for (const entrant of turnOrder(entrants, round)) {
      if (signal?.aborted) throw new EfficientNetError("aborted", "measuring was aborted", { cause: signal.reason });
      times.get(entrant)?.push(median(await entrant.host.time(entrant.engine, runs)));
    }
    onRound?.(round + 1);
  }
  return times;
}

/**
 * The order of one round, shuffled anew each time: threads of an engine go on spinning for a moment, and nobody
 * should always come after the same one.
 */
export function turnOrder<T>(entrants: readonly T[], round: number): readonly T[] {
  return [...shuffle(seededRandom(round, "turns"), entrants.length)].map((place) => entrants[place] as T);
}
