import { importByName } from "./import-by-name.js";
import type { OpenWorker } from "./worker/ask-worker.js";
import { portOf } from "./worker/port.js";

/** Starts the ready-made worker, whose program lies beside this one. Rejects where workers are refused. */
export async function openOwnWorker(): Promise<OpenWorker> {
  if (typeof Worker !== "undefined") {
    // Bundlers look for these very words.
    const worker = new Worker(new URL("./wasm-worker.js", import.meta.url), { type: "module" });
    return { port: portOf(worker), end: () => worker.terminate() };
  }
  const { Worker: NodeWorker } = await importByName<typeof import("node:worker_threads")>("node:worker_threads");
  // Both are source, or both are built.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const worker = new NodeWorker(new URL(`./wasm-worker${ending}`, import.meta.url));
  // A waiting worker must not keep a finished program alive; one that is asked something does.
  worker.unref();
  return {
    port: portOf(worker),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}
