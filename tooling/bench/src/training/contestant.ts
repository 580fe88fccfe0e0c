import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** What a contestant says about some steps. */
export interface Turn {
  readonly milliseconds: readonly number[];
  /** Processor time of the same steps, which a busy machine stretches less; threads add up. */
  readonly processor: readonly number[];
  readonly loss: number;
  /** Largest resident size of its process so far. */
  readonly peakMegabytes: number;
}

export interface Contestant {
  readonly name: string;
  steps(count: number): Promise<Turn>;
  close(): void;
}

/** A process that takes a number of steps on a line and answers with their times. */
export function openContestant(name: string, command: string, args: readonly string[]): Contestant {
  const child: ChildProcess = spawn(command, [...args], { stdio: ["pipe", "pipe", "inherit"] });
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  failed.catch(() => undefined);
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  return {
    name,
    async steps(count) {
      child.stdin?.write(`${count}\n`);
      const next = await Promise.race([lines.next(), failed]);
      if (next.done) throw new Error(`${name} ended; what it said stands above`);
      return JSON.parse(next.value) as Turn;
    },
    close: () => child.stdin?.end(),
  };
}
