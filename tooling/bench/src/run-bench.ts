import { loadavg } from "node:os";
import { type BackendName, prepareBackend } from "@efficientnet/backends";
import { getSpec } from "@efficientnet/specs";
import { enginesFor } from "./engine.js";
import { describeMachine } from "./machine.js";
import { makeTask } from "./make-task.js";
import { openHosts } from "./open-hosts.js";
import type { Options } from "./options.js";
import { race } from "./race.js";
import { formatMachine, formatMeasurement, type Measurement, type Report, type Skipped } from "./report.js";
import type { Task } from "./task.js";

/** Holds every race that was asked for, printing each table as it stands; a backend that is not there is skipped. */
export async function runBench(options: Options, print: (text: string) => void): Promise<Report> {
  const machine = describeMachine();
  const before = loadAverage();
  print(`${formatMachine(machine)}, load ${before.toFixed(1)}\n`);
  const tasks = await makeTasks(options);
  const measurements: Measurement[] = [];
  const skipped: Skipped[] = [];
  for (const backend of options.backends) {
    try {
      for (const task of tasks) {
        const measurement = await measure(task, backend, options);
        measurements.push(measurement);
        print(`${formatMeasurement(measurement)}\n`);
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      skipped.push({ backend, reason });
      print(`${backend} skipped: ${reason}\n`);
    }
  }
  const load = { before, after: loadAverage() };
  return { machine, date: new Date().toISOString(), load, options: raceOptions(options), measurements, skipped };
}

const loadAverage = () => loadavg()[0] ?? 0;

const raceOptions = ({ repeats, runs, warmUp }: Options) => ({ rounds: repeats, runs, warmUpMs: warmUp });

/** All tasks are made beforehand, on wasm, so that this process has nothing to do beside the contestants. */
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

async function measure(task: Task, backend: BackendName, options: Options): Promise<Measurement> {
  const hosts = await openHosts(backend, options.webgl);
  try {
    const engines = enginesFor(backend, options.vs, options.threads);
    const result = await race(engines, task, hosts, raceOptions(options));
    return { model: task.model, backend, batch: task.batch, size: task.size, ...result };
  } finally {
    await hosts.end();
  }
}
