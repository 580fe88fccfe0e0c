import type { EngineSupport } from "@efficientnet/wasm";
import { AUTO_ORDER, type BackendName } from "./backend-name.js";
import type { Availability } from "./capability.js";
import { loadBackendModule } from "./load-backend-module.js";
import { detectRuntime, type Runtime } from "./runtime.js";

/** Where the code runs, and what every backend offers there. */
export interface Capabilities {
  readonly runtime: Runtime;
  /** What `prepareBackend("auto")` tries here, in order. */
  readonly order: readonly BackendName[];
  readonly backends: { readonly [Name in BackendName]: Availability<Name> };
  /** The engine without tfjs, which `load` means by wasm: its build, its threads and why so many, or why it cannot run. */
  readonly engine: EngineSupport;
}

/** What this machine offers every backend. Imports no tfjs backend and initialises none; starts a worker, which policies may forbid. */
export async function capabilities(): Promise<Capabilities> {
  const runtime = detectRuntime();
  const [webgpu, webgl, wasm, cpu, engine] = await Promise.all([
    loadBackendModule("webgpu").then((module) => module.probe()),
    loadBackendModule("webgl").then((module) => module.probe()),
    loadBackendModule("wasm").then((module) => module.probe()),
    loadBackendModule("cpu").then((module) => module.probe()),
    import("@efficientnet/wasm").then(({ engineSupport }) => engineSupport()),
  ]);
  return { runtime, order: AUTO_ORDER[runtime], backends: { webgpu, webgl, wasm, cpu }, engine };
}
