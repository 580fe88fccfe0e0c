import {
  type BackendName,
  backendOrder,
  detectRuntime,
  firstThatRuns,
  type PreparedBackend,
  prepareBackend,
} from "@efficientnet/backends";
import { isEfficientNetError } from "@efficientnet/errors";
import type { EngineOptions } from "./engine-runner.js";
import type { AnyBackend } from "./load.js";
import type { NetworkRunner, NetworkSource } from "./network-runner.js";
import { isPrepared, onTfjs, type TfjsOptions } from "./tfjs-runner.js";

export type AnywhereOptions = TfjsOptions<AnyBackend> & EngineOptions;

const openOnTfjs = onTfjs<BackendName>(prepareBackend);

/**
 * Opens networks on the first backend that runs here. `wasm` is this project's own engine, without tfjs; what that does
 * not run, and a wasm backend that was prepared and handed in, runs on tfjs, and the description says so.
 */
export async function openAnywhere(source: NetworkSource, options: AnywhereOptions): Promise<NetworkRunner> {
  const { backend = "auto" } = options;
  if (isPrepared(backend)) return openOnTfjs(source, { ...options, backend });
  const order = backendOrder(backend, detectRuntime());
  const { found, passedOver } = await firstThatRuns(order, (name) =>
    name === "wasm" ? openOnWasm(source, options) : openOnTfjs(source, { ...options, backend: name }),
  );
  return adding(found, passedOver.length === 0 ? "" : `passed over: ${passedOver.join("; ")}`);
}

async function openOnWasm(source: NetworkSource, options: AnywhereOptions): Promise<NetworkRunner> {
  const { openEngine } = await import("./engine-runner.js");
  try {
    return await openEngine(source, options);
  } catch (error) {
    // CondConv and the like; an engine without SIMD.
    if (!isEfficientNetError(error, "unsupported") && !isEfficientNetError(error, "no-backend")) throw error;
    const runner = await openOnTfjs(source, { ...options, backend: "wasm" });
    return adding(runner, `on tfjs because ${error.message.split("\n")[0]}`);
  }
}

/** Nobody should compute on something slower without being told why. */
function adding(runner: NetworkRunner, remark: string): NetworkRunner {
  if (remark === "") return runner;
  const { name, description }: Pick<PreparedBackend, "name" | "description"> = runner.backend;
  return { ...runner, backend: { name, description: `${description}; ${remark}` } };
}
