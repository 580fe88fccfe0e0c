import { loadavg } from "node:os";
import { type BackendName, prepareBackend } from "@efficientnet/backends";
import { getSpec } from "@efficientnet/specs";
import { enginesFor, type Rival } from "./engine.js";
import type { Hosts } from "./hosts.js";
import { describeMachine } from "./machine.js";
import { makeTask } from "./make-task.js";
import { type RaceOptions, race } from "./race.js";
import { formatMachine, formatMeasurement, type Measurement, type Report, type Skipped } from "./report.js";
import type { Task } from "./task.js";

/** What races, on what, against whom. */
export interface RacesOptions extends RaceOptions {
  readonly models: readonly string[];
  /** Pictures per run. */
  readonly batch: readonly number[];
  /** Side of the input in pixels; the network's own unless told. */
  readonly size?: number | undefined;
  readonly backends: readonly BackendName[];
  readonly vs: readonly Rival[];
  readonly threads: readonly number[];
  /** Weights and input follow from it. */
  readonly seed: number;
}

/**
 * Holds every race that was asked for, printing each table as it stands; a backend that is not there is skipped.
 *
 * @throws `unknown-name` for a network; `aborted`.
 */
export async function runRaces(
  options: RacesOptions,
  openHosts: (backend: BackendName) => Promise<Hosts>,
  print: (text: string) => void,
): Promise<Report> {
  const machine = describeMachine();
  const before = loadAverage();
  print(`${formatMachine(machine)}, load ${before.toFixed(1)}\n`);
  const tasks = await makeTasks(options);
  const measurements: Measurement[] = [];
  const skipped: Skipped[] = [];
  for (const backend of options.backends) {
    try {
      for (const task of tasks) {
        const measurement = await measure(task, backend, options, openHosts);
        measurements.push(measurement);
        print(`${formatMeasurement(measurement)}\n`);
      }
    } catch (error) {
      if (options.signal?.aborted) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      skipped.push({ backend, reason });
      print(`${backend} skipped: ${reason}\n`);
    }
  }
  const { rounds, runs, warmUpMs } = options;
  const load = { before, after: loadAverage() };
  return { machine, date: new Date().toISOString(), load, options: { rounds, runs, warmUpMs }, measurements, skipped };
}

const loadAverage = () => loadavg()[0] ?? 0;

/** All tasks are made beforehand, on wasm, so that this process has nothing to do beside the contestants. */
async function makeTasks({ models, batch, size, seed }: RacesOptions): Promise<readonly Task[]> {
  const wasm = await prepareBackend("wasm");
  const tasks: Task[] = [];
  try {
    for (const model of models) {
      const asked = { model, size: size ?? getSpec(model).resolution.eval, seed };
      const { statistics } = await makeTask({ ...asked, batch: 1 });
      tasks.push(...batch.map((pictures) => ({ ...asked, batch: pictures, statistics })));
    }
  } finally {
    wasm.dispose();
  }
  return tasks;
}

async function measure(
  task: Task,
  backend: BackendName,
  options: RacesOptions,
  openHosts: (backend: BackendName) => Promise<Hosts>,
): Promise<Measurement> {
  const hosts = await openHosts(backend);
  try {
    const engines = enginesFor(backend, options.vs, options.threads);
    const result = await race(engines, task, hosts, options);
    return { model: task.model, backend, batch: task.batch, size: task.size, ...result };
  } finally {
    await hosts.end();
  }
}
