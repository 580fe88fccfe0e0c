/** An engine that holds a task's weights and input. */
export interface Contestant {
  /** What runs, for people: versions, backend, threads. */
  readonly description: string;
  /** The task's input, from an array of this process, to logits in an array of this process. */
  run(): Promise<Float32Array>;
  close(): Promise<void>;
}

/** Milliseconds of each of `count` runs. */
export async function timeRuns(contestant: Contestant, count: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const start = performance.now();
    await contestant.run();
    times.push(performance.now() - start);
  }
  return times;
}
