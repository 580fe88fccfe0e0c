import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { type Contestant, openContestant, type Turn } from "./contestant.js";
import { networkDescription } from "./network-description.js";

interface Options {
  readonly models: string;
  readonly sizes: string;
  readonly batch: string;
  readonly rounds: string;
  readonly cpuSteps: string;
  readonly python?: string;
  readonly json?: string;
}

/** What one contestant took for one network. */
interface Row {
  readonly model: string;
  readonly size: number;
  readonly batch: number;
  readonly contestant: string;
  readonly median: number;
  readonly min: number;
  /** The least processor time of a step; of several threads, added up. */
  readonly processor: number;
  readonly turns: readonly Turn[];
  readonly peakMegabytes: number;
}

const command = new Command("bench:training")
  .description("Time one training step (forward, backward, plain gradient descent): wasm, cpu and PyTorch, in turns.")
  .option("--models <names>", "networks, separated by commas", "efficientnet-b0,efficientnetv2-b0")
  .option("--sizes <pixels>", "sides of the input", "64,128")
  .option("--batch <pictures>", "pictures per step", "8")
  .option("--rounds <count>", "rounds of three steps each", "7")
  .option("--cpu-steps <count>", "steps on the cpu backend, a minute each at the larger size; 0 leaves it out", "1")
  .option("--python <path>", "a Python that has torch, which joins in with one thread and with two")
  .option("--json <file>", "write everything that was measured to a file");

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));

function tfjs(backend: string, args: readonly string[]): Contestant {
  return openContestant(backend, process.execPath, [...process.execArgv, file("step-process.ts"), backend, ...args]);
}

function torch(python: string, folder: string, model: string, args: readonly string[]): readonly Contestant[] {
  const network = join(folder, `${model}.json`);
  writeFileSync(network, networkDescription(model));
  return ["1", "2"].map((threads) =>
    openContestant(`pytorch ${threads}`, python, [file("run_step.py"), network, threads, ...args]),
  );
}

/** Three steps to warm up, then rounds in which everybody takes three. */
async function time(contestants: readonly Contestant[], rounds: number): Promise<ReadonlyMap<string, Turn[]>> {
  const turns = new Map<string, Turn[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await contestant.steps(3);
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) turns.get(contestant.name)?.push(await contestant.steps(3));
  }
  return turns;
}

function rowOf(about: Pick<Row, "model" | "size" | "batch" | "contestant">, turns: readonly Turn[]): Row {
  const sorted = turns.flatMap(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    ...about,
    median: sorted[sorted.length >> 1] ?? 0,
    min: sorted[0] ?? 0,
    processor: Math.min(...turns.flatMap(({ processor }) => processor)),
    peakMegabytes: Math.max(...turns.map(({ peakMegabytes }) => peakMegabytes)),
    turns,
  };
}

async function race(model: string, size: number, options: Options, folder: string): Promise<readonly Row[]> {
  const batch = Number(options.batch);
  const args = [String(size), String(batch)];
  const { python } = options;
  const fast = [tfjs("wasm", [model, ...args]), ...(python === undefined ? [] : torch(python, folder, model, args))];
  const rows: Row[] = [];
  try {
    for (const [contestant, turns] of await time(fast, Number(options.rounds))) {
      rows.push(rowOf({ model, size, batch, contestant }, turns));
    }
  } finally {
    for (const contestant of fast) contestant.close();
  }
  if (Number(options.cpuSteps) > 0) {
    const cpu = tfjs("cpu", [model, ...args]);
    const turn = await cpu.steps(Number(options.cpuSteps)).finally(cpu.close);
    rows.push(rowOf({ model, size, batch, contestant: "cpu" }, [turn]));
  }
  return rows;
}

const options = command.parse().opts<Options>();
const folder = mkdtempSync(join(tmpdir(), "efficientnet-training-"));
const rows: Row[] = [];
if (options.python === undefined) console.log("PyTorch is absent: --python PATH names a Python that has torch");
try {
  console.log("median, min and processor time of a step, processor time over wasm's, peak memory");
  console.log(`load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}`);
  for (const model of options.models.split(",")) {
    for (const size of options.sizes.split(",").map(Number)) {
      const found = await race(model, size, options, folder);
      const ours = found[0]?.processor ?? 1;
      for (const { contestant, median, min, processor, peakMegabytes } of found) {
        const times = [median, min, processor].map((ms) => `${ms.toFixed(0).padStart(7)} ms`).join("");
        const ratio = (processor / ours).toFixed(2).padStart(8);
        console.log(`${model} ${size}: ${contestant.padEnd(10)}${times}${ratio}  ${peakMegabytes.toFixed(0)} MB`);
      }
      rows.push(...found);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
