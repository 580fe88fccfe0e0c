import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command } from "commander";
import { type Contestant, openContestant } from "./contestant.js";
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
  readonly steps: readonly number[];
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

async function time(contestants: readonly Contestant[], rounds: number): Promise<ReadonlyMap<string, Row["steps"]>> {
  const steps = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (const contestant of contestants) await contestant.steps(3);
  for (let round = 0; round < rounds; round++) {
    for (const contestant of contestants) {
      steps.get(contestant.name)?.push(...(await contestant.steps(3)).milliseconds);
    }
  }
  return steps;
}

function rowOf(
  about: Pick<Row, "model" | "size" | "batch" | "contestant" | "peakMegabytes">,
  steps: Row["steps"],
): Row {
  const sorted = [...steps].sort((a, b) => a - b);
  return { ...about, median: sorted[sorted.length >> 1] ?? 0, min: sorted[0] ?? 0, steps };
}

async function race(model: string, size: number, options: Options, folder: string): Promise<readonly Row[]> {
  const batch = Number(options.batch);
  const args = [String(size), String(batch)];
  const { python } = options;
  const fast = [tfjs("wasm", [model, ...args]), ...(python === undefined ? [] : torch(python, folder, model, args))];
  const rows: Row[] = [];
  try {
    for (const [contestant, steps] of await time(fast, Number(options.rounds))) {
      const { peakMegabytes } = await fast.find(({ name }) => name === contestant)!.steps(1);
      rows.push(rowOf({ model, size, batch, contestant, peakMegabytes }, steps));
    }
  } finally {
    for (const contestant of fast) contestant.close();
  }
  if (Number(options.cpuSteps) > 0) {
    const cpu = tfjs("cpu", [model, ...args]);
    const { milliseconds, peakMegabytes } = await cpu.steps(Number(options.cpuSteps)).finally(cpu.close);
    rows.push(rowOf({ model, size, batch, contestant: "cpu", peakMegabytes }, milliseconds));
  }
  return rows;
}

const options = command.parse().opts<Options>();
const folder = mkdtempSync(join(tmpdir(), "efficientnet-training-"));
const rows: Row[] = [];
if (options.python === undefined) console.log("PyTorch is absent: --python PATH names a Python that has torch");
try {
  console.log(`load ${loadavg()[0]?.toFixed(2)}, Node ${process.version}`);
  for (const model of options.models.split(",")) {
    for (const size of options.sizes.split(",").map(Number)) {
      const found = await race(model, size, options, folder);
      const ours = found[0]?.min ?? 1;
      for (const { contestant, median, min, peakMegabytes } of found) {
        const figures = [median, min].map((ms) => ms.toFixed(0).padStart(7)).join(" ms");
        const ratio = `${(min / ours).toFixed(2)} x wasm`.padStart(14);
        console.log(`${model} ${size}: ${contestant.padEnd(10)} ${figures} ms ${ratio} ${peakMegabytes.toFixed(0)} MB`);
      }
      rows.push(...found);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
if (options.json !== undefined)
  writeFileSync(options.json, `${JSON.stringify({ node: process.version, rows }, null, 2)}\n`);
