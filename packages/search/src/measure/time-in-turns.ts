import { EfficientNetError } from "@efficientnet/errors";
import { seededRandom, shuffle } from "@efficientnet/random";
import { type Drift, driftOf } from "./drift.js";
import { type Spread, spreadOf } from "./spread.js";
import type { Task } from "./task.js";

/** How long, how often, and who listens. */
export interface TurnsOptions {
  /** Turns of each task; 11 unless given. */
  readonly rounds?: number | undefined;
  /** Each task runs for so many milliseconds before anything counts; 100 unless given. */
  readonly warmUpMs?: number | undefined;
  /** A turn repeats a short task until it lasts about so many milliseconds; 5 unless given. */
  readonly turnMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with the share done, 0 to 1. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** What the turns of all tasks came to. */
export interface Timings {
  /** Milliseconds for one run of each task, in their order. */
  readonly spreads: readonly Spread[];
  readonly drift: Drift;
}

/**
 * Times tasks in turns: each round gives everybody one turn, in an order that is shuffled anew, with the anchor before
 * them. What slows the machine for a while so meets all tasks alike, and a lasting change shows in the anchor's times.
 *
 * @throws `invalid-argument` for fewer than 3 rounds; `aborted`; what a task throws.
 */
export async function timeInTurns(
  tasks: readonly Task[],
  anchor: Task,
  { rounds = 11, warmUpMs = 100, turnMs = 5, signal, onProgress }: TurnsOptions = {},
): Promise<Timings> {
  if (!(Number.isInteger(rounds) && rounds >= 3)) {
    throw new EfficientNetError("invalid-argument", `rounds is ${rounds}`, { expected: "a whole number from 3" });
  }
  const all = [anchor, ...tasks];
  const steps = all.length * (rounds + 1);
  let done = 0;
  const advance = () => {
    checkAborted(signal);
    done += 1;
    onProgress?.(done / steps);
  };
  const repeats: number[] = [];
  for (const task of all) {
    repeats.push(Math.max(1, Math.ceil(turnMs / (await warmUp(task, warmUpMs)))));
    advance();
  }
  const times: number[][] = all.map(() => []);
  for (let round = 0; round < rounds; round++) {
    const order = shuffle(seededRandom("turns", round), tasks.length);
    for (const index of [0, ...order.map((task) => task + 1)]) {
      const task = all[index] as Task;
      times[index]?.push(await timeOf(task, repeats[index] ?? 1));
      advance();
    }
  }
  const [anchorTimes = [], ...taskTimes] = times;
  return { spreads: taskTimes.map(spreadOf), drift: driftOf(anchorTimes) };
}

/** Runs a task until it is warm, and answers with the milliseconds of its fastest run. */
async function warmUp(task: Task, warmUpMs: number): Promise<number> {
  const end = performance.now() + warmUpMs;
  await task.run(1);
  let best = await timeOf(task, 1);
  while (performance.now() < end) best = Math.min(best, await timeOf(task, 1));
  // A clock of 0.1 ms, as browsers have, may see no time pass.
  return Math.max(best, 0.01);
}

async function timeOf(task: Task, times: number): Promise<number> {
  const start = performance.now();
  await task.run(times);
  return (performance.now() - start) / times;
}

function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EfficientNetError("aborted", "measuring was aborted", { cause: signal.reason });
}
