import { watchPolicy } from "./content-policy.js";
import { importByName } from "./import-by-name.js";

/** A worker that serves the kernels. */
export interface KernelWorker {
  terminate(): void;
}

/**
 * Starts a worker of that source with a message, and returns when it has answered. Rejects where workers are refused.
 */
export function startWorker(message: unknown, source: string): Promise<KernelWorker> {
  return isNode() ? startInNode(message, source) : startInPage(message, source);
}

export const isNode = (): boolean => typeof process === "object" && process.versions?.node !== undefined;

async function startInNode(message: unknown, source: string): Promise<KernelWorker> {
  const { Worker } = await importByName<typeof import("node:worker_threads")>("node:worker_threads");
  const worker = new Worker(source, { eval: true });
  // A waiting worker must not keep a finished program alive.
  const handle = { terminate: () => void worker.terminate() };
  await new Promise<void>((resolve, reject) => {
    worker.once("message", () => resolve());
    worker.once("error", reject);
    worker.postMessage(message);
  }).catch((error) => {
    handle.terminate();
    throw error;
  });
  worker.unref();
  return handle;
}

async function startInPage(message: unknown, source: string): Promise<KernelWorker> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const policy = watchPolicy("worker-src");
  let worker: Worker | null = null;
  try {
    worker = new Worker(url);
    await answered(worker, message);
  } catch (error) {
    worker?.terminate();
    const refused = await policy.end();
    throw refused === null ? error : new Error(refused);
  } finally {
    void policy.end();
    URL.revokeObjectURL(url);
  }
  return worker;
}

function answered(worker: Worker, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.onmessage = () => resolve();
    worker.onerror = (event) => reject(new Error(event.message || "the worker could not be started"));
    worker.postMessage(message);
  });
}
