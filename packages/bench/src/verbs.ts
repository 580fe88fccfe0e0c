import { type Contestant, timeRuns } from "./contestant.js";
import { type Engine, engineName } from "./engine.js";
import type { Task } from "./task.js";

/** What a process or page that holds contestants can be asked. Arguments and answers are plain data. */
export interface Verbs {
  /** Returns the contestant's description. */
  open(engine: Engine, task: Task): Promise<string>;
  /** The logits of one run. */
  answer(engine: Engine): Promise<Float32Array>;
  /** Milliseconds of each of `count` runs. */
  time(engine: Engine, count: number): Promise<readonly number[]>;
  close(engine: Engine): Promise<void>;
}

export function createVerbs(openContestant: (engine: Engine, task: Task) => Promise<Contestant>): Verbs {
  const contestants = new Map<string, Contestant>();
  const find = (engine: Engine): Contestant => {
    const found = contestants.get(engineName(engine));
    if (found === undefined) throw new Error(`${engineName(engine)} is not open here`);
    return found;
  };
  return {
    async open(engine, task) {
      const contestant = await openContestant(engine, task);
      contestants.set(engineName(engine), contestant);
      return contestant.description;
    },
    answer: (engine) => find(engine).run(),
    time: (engine, count) => timeRuns(find(engine), count),
    async close(engine) {
      await find(engine).close();
      contestants.delete(engineName(engine));
    },
  };
}
