import { type BackendName, backendOrder } from "./backend-name.js";
import { firstThatRuns } from "./first-that-runs.js";
import { type BackendOptions, loadBackendModule } from "./load-backend-module.js";
import type { PreparedBackend } from "./prepared-backend.js";
import { detectRuntime } from "./runtime.js";

/** The options of all backends together; each takes what concerns it. */
export type PrepareOptions = BackendOptions["wasm"] & BackendOptions["webgpu"];

/**
 * Prepares a backend and makes it the active one of tfjs: the one named, the first of a list that runs here, or with
 * `"auto"` the best available (webgpu, webgl, wasm, cpu in a browser; wasm, cpu in Node).
 *
 * @throws `unknown-name`; for a single name `no-backend` or `missing-peer` of that backend; for several, `no-backend`
 * naming why each of them did not run.
 */
export async function prepareBackend<Name extends BackendName>(
  name: Name,
  options?: PrepareOptions,
): Promise<PreparedBackend<Name>>;
export async function prepareBackend(
  name?: BackendName | "auto" | readonly BackendName[],
  options?: PrepareOptions,
): Promise<PreparedBackend>;
export async function prepareBackend(
  name: BackendName | "auto" | readonly BackendName[] = "auto",
  options: PrepareOptions = {},
): Promise<PreparedBackend> {
  const order = backendOrder(name, detectRuntime());
  const { found, passedOver } = await firstThatRuns(order, (candidate) => prepareOne(candidate, options));
  return passing(passedOver, found);
}

/** A page that computes on a slow backend, because a file is not where it should be, must not do so unexplained. */
function passing(reasons: readonly string[], backend: PreparedBackend): PreparedBackend {
  if (reasons.length === 0) return backend;
  return { ...backend, description: `${backend.description}; passed over: ${reasons.join("; ")}` };
}

async function prepareOne<Name extends BackendName>(
  name: Name,
  options: PrepareOptions,
): Promise<PreparedBackend<Name>> {
  const module = await loadBackendModule(name);
  return module.prepare(options);
}
