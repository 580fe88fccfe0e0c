import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { BACKEND_NAMES, type BackendName, prepareBackend } from "@efficientnet/backends";
import { getSpec } from "@efficientnet/specs";
import type { Webgl } from "@efficientnet-tooling/chromium";
import { Command, InvalidArgumentError, Option } from "commander";
import { enginesFor, RIVALS, type Rival } from "./engine.js";
import { describeMachine } from "./machine.js";
import { makeTask } from "./make-task.js";
import { openHosts } from "./open-hosts.js";
import { type RaceOptions, race } from "./race.js";
import { formatMachine, formatMeasurement, type Measurement, type Report, type Skipped } from "./report.js";
import type { Task } from "./task.js";

interface Options extends RaceOptions {
  readonly models: readonly string[];
  readonly batch: readonly number[];
  readonly size?: number;
  readonly backends: readonly BackendName[];
  readonly vs: readonly Rival[];
  readonly threads: readonly number[];
  readonly webgl: Webgl;
  readonly seed: number;
  readonly json?: string;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("expected a positive integer");
  return value;
};
const list = (text: string): readonly string[] => text.split(",").map((item) => item.trim());
const numbers = (text: string): readonly number[] => list(text).map(positive);
const oneOf =
  <Name extends string>(names: readonly Name[]) =>
  (text: string): readonly Name[] =>
    list(text).map((item) => {
      const name = names.find((one) => one === item);
      if (name === undefined) throw new InvalidArgumentError(`"${item}" is none of ${names.join(", ")}`);
      return name;
    });

const program = new Command("bench")
  .description("Time whole networks: ours, stock tfjs and ONNX Runtime, same weights, same input, in turns.")
  .option("--models <names>", "networks with SiLU", list, ["efficientnet-b0", "efficientnetv2-b0"])
  .option("--batch <sizes>", "pictures per run", numbers, [1, 8])
  .option("--size <pixels>", "side of the input; the network's own unless told", positive)
  .option("--backends <names>", "wasm and cpu in Node, webgl and webgpu in a browser", oneOf(BACKEND_NAMES), ["wasm"])
  .option("--vs <rivals>", "what ours is held against", oneOf(RIVALS), RIVALS)
  .option("--threads <counts>", "thread counts of ONNX Runtime", numbers, [1, 2])
  .option("--rounds <count>", "turns of every contestant (also --repeats)", positive, 15)
  .addOption(new Option("--repeats <count>").argParser(positive).hideHelp())
  .option("--runs <count>", "runs in a turn, of which the median counts", positive, 3)
  .option("--warm-up-ms <ms>", "how long each contestant runs beforehand", positive, 1000)
  .addOption(
    new Option("--webgl <renderer>", "what draws in the browser")
      .choices(["hardware", "swiftshader", "llvmpipe"])
      .default("hardware"),
  )
  .option("--seed <number>", "of weights and input", positive, 1)
  .option("--json <file>", "write everything that was measured to a file")
  .action(async ({ repeats, ...options }: Options & { readonly repeats?: number }) => {
    const report = await run(repeats === undefined ? options : { ...options, rounds: repeats });
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    process.exitCode = report.measurements.some(({ disagreement }) => disagreement) ? 1 : 0;
  });

async function run(options: Options): Promise<Report> {
  const { rounds, runs, warmUpMs } = options;
  const machine = describeMachine();
  const before = loadavg()[0] ?? 0;
  console.log(`${formatMachine(machine)}, load ${before.toFixed(1)}\n`);
  const tasks = await makeTasks(options);
  const measurements: Measurement[] = [];
  const skipped: Skipped[] = [];
  for (const backend of options.backends) {
    try {
      for (const task of tasks) {
        const measurement = await measure(task, backend, options);
        measurements.push(measurement);
        console.log(`${formatMeasurement(measurement)}\n`);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      skipped.push({ backend, reason });
      console.log(`${backend} skipped: ${reason}\n`);
    }
  }
  const load = { before, after: loadavg()[0] ?? 0 };
  const date = new Date().toISOString();
  return { machine, date, load, options: { rounds, runs, warmUpMs }, measurements, skipped };
}

/** All tasks are made beforehand, on wasm, so that nothing of this process runs beside the contestants. */
async function makeTasks({ models, batch, size, seed }: Options): Promise<readonly Task[]> {
  const wasm = await prepareBackend("wasm");
  const tasks: Task[] = [];
  for (const model of models) {
    const asked = { model, size: size ?? getSpec(model).resolution.eval, seed };
    const { statistics } = await makeTask({ ...asked, batch: 1 });
    tasks.push(...batch.map((pictures) => ({ ...asked, batch: pictures, statistics })));
  }
  wasm.dispose();
  return tasks;
}

async function measure(
  task: Task,
  backend: BackendName,
  { vs, threads, webgl, ...options }: Options,
): Promise<Measurement> {
  const hosts = await openHosts(backend, webgl);
  try {
    const result = await race(enginesFor(backend, vs, threads), task, hosts, options);
    return { model: task.model, backend, batch: task.batch, size: task.size, ...result };
  } finally {
    await hosts.end();
  }
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
