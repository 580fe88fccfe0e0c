import { isEfficientNetError } from "@efficientnet/errors";
import { drawChance, drawIndex, type Random, seededRandom } from "@efficientnet/random";
import { type ArchitectureSpec, getSpec, type PreprocessSpec } from "@efficientnet/specs";
import { createWorkerClient, type EfficientNet, load } from "efficientnet/wasm";
import { type Level, measureProcess } from "./levels.js";

export interface SoakOptions {
  readonly inferences: number;
  /** Some of the networks live in workers, which Node starts only where this is run as a program. */
  readonly inWorkers: boolean;
  readonly print: (text: string) => void;
}

export interface SoakReport {
  readonly inferences: number;
  /** Runs that a signal or `dispose` ended. */
  readonly stopped: number;
  readonly loads: number;
  readonly levels: Readonly<Record<"megabytes" | "megabytes of the heap" | "megabytes of buffers" | "threads", Level>>;
}

type Network = EfficientNet<{ data: Uint8Array; width: number; height: number; channels: 3 }>;

const SPEC: ArchitectureSpec = getSpec("test-efficientnet");
const WEIGHTS = { seed: 1 } as const;
const PREPROCESS: PreprocessSpec = {
  size: 64,
  fit: { mode: "squash", resizeTo: 64 },
  filter: "bilinear",
  method: "pillow",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
};

/** What may rise from the middle to the end: the allocator's and the compiler's own ups and downs. */
const SLACK = { megabytes: 40, heapMegabytes: 3, bufferMegabytes: 8, threads: 0 };

/**
 * Infers at random sizes and batches; now and then a network is loaded anew, here or in a worker, and now and then a run
 * is stopped at a random moment, by its signal or by disposing the network or the worker.
 */
export async function soak({ inferences, inWorkers, print }: SoakOptions): Promise<SoakReport> {
  const random = seededRandom("soak");
  const counts = { inferences: 0, stopped: 0, loads: 0 };
  const until = async (total: number) => {
    while (counts.inferences < total) {
      const client = inWorkers && drawChance(random, 0.3) ? createWorkerClient() : null;
      const options = { weights: WEIGHTS, preprocess: PREPROCESS, threads: 1 + drawIndex(random, 2) };
      const network: Network = await (client ?? { load }).load(SPEC, options);
      counts.loads++;
      const runs = Math.min(total - counts.inferences, 1 + drawIndex(random, 150));
      for (const end = counts.inferences + runs; counts.inferences < end; ) await infer(network, random, counts);
      await stopHalfWay(network, client, random, counts);
    }
  };
  // Caches fill and code is compiled in the first tenth.
  await until(Math.ceil(inferences / 10));
  await until(Math.ceil(inferences / 2));
  const middle = await measureProcess();
  print(`half-way: ${counts.inferences} inferences, ${middle.megabytes.toFixed(0)} MB, ${middle.threads} threads`);
  await until(inferences);
  const end = await measureProcess();
  const level = (name: keyof typeof SLACK): Level => ({
    early: middle[name],
    late: end[name],
    most: middle[name] + SLACK[name],
  });
  return {
    ...counts,
    levels: {
      megabytes: level("megabytes"),
      "megabytes of the heap": level("heapMegabytes"),
      "megabytes of buffers": level("bufferMegabytes"),
      threads: level("threads"),
    },
  };
}

type Counts = { inferences: number; stopped: number; loads: number };

async function infer(network: Network, random: Random, counts: Counts): Promise<void> {
  // A few sizes come often, as in use; a change of size compiles the network anew.
  const size = drawChance(random, 0.1) ? 32 + drawIndex(random, 97) : 64;
  const batch = 1 + drawIndex(random, 4);
  const ask = [network.logits, network.embed, network.classify][drawIndex(random, 3)] ?? network.embed;
  const answers = await ask(pictures(batch, random), { size });
  if (answers.length !== batch) throw new Error(`${batch} pictures have ${answers.length} answers`);
  counts.inferences += batch;
}

function pictures(count: number, random: Random) {
  return Array.from({ length: count }, () => {
    const [width, height] = [8 + drawIndex(random, 120), 8 + drawIndex(random, 120)];
    return {
      data: new Uint8Array(width * height * 3).fill(drawIndex(random, 256)),
      width,
      height,
      channels: 3 as const,
    };
  });
}

/** Ends a network, half of the time in the middle of a run. */
async function stopHalfWay(
  network: Network,
  client: { dispose(): void } | null,
  random: Random,
  counts: Counts,
): Promise<void> {
  const stop = () => (client ?? network).dispose();
  if (drawChance(random, 0.5)) return stop();
  const controller = new AbortController();
  const running = network.embed(pictures(50, random), { signal: controller.signal, batchSize: 1 });
  setTimeout(drawChance(random, 0.5) ? stop : () => controller.abort(), drawIndex(random, 20));
  await running.then(
    () => undefined,
    (error) => {
      if (!isEfficientNetError(error, "aborted") && !isEfficientNetError(error, "disposed")) throw error;
      counts.stopped++;
    },
  );
  stop();
}
