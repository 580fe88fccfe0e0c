import { importByName } from "./import-by-name.js";
import { WORKER_SOURCE } from "./worker-source.js";

/** What a worker is started with. */
export interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly thread: number;
  readonly threads: number;
  readonly scratch: number;
}

/** A worker that serves the kernels. */
export interface KernelWorker {
  terminate(): void;
}

/** Starts a worker and returns when it is about to wait for work. Rejects where workers are refused. */
export function startWorker(start: WorkerStart): Promise<KernelWorker> {
  return isNode() ? startInNode(start) : startInPage(start);
}

export const isNode = (): boolean => typeof process === "object" && process.versions?.node !== undefined;

async function startInNode(start: WorkerStart): Promise<KernelWorker> {
  const { Worker } = await importByName<typeof import("node:worker_threads")>("node:worker_threads");
  const worker = new Worker(WORKER_SOURCE, { eval: true });
  // A waiting worker must not keep a finished program alive.
  const handle = { terminate: () => void worker.terminate() };
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.postMessage(start);
  }).catch((error) => {
    handle.terminate();
    throw error;
  });
  worker.unref();
  return handle;
}

async function startInPage(start: WorkerStart): Promise<KernelWorker> {
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: "text/javascript" }));
  const worker = new Worker(url);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.onmessage = () => resolve();
      worker.onerror = (event) => reject(new Error(event.message || "the worker could not be started"));
      worker.postMessage(start);
    });
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    URL.revokeObjectURL(url);
  }
  return { terminate: () => worker.terminate() };
}
