import { EfficientNetError } from "@efficientnet/errors";
import { watchPolicy } from "@efficientnet/wasm";
import { importByName } from "./import-by-name.js";
import type { OpenWorker } from "./worker/ask-worker.js";
import { portOf } from "./worker/port.js";

/** Starts the ready-made worker, whose program lies beside this one. Rejects where workers are refused. */
export async function openOwnWorker(): Promise<OpenWorker> {
  return typeof Worker === "undefined" ? openInNode() : openInPage();
}

async function openInPage(): Promise<OpenWorker> {
  const policy = watchPolicy("worker-src");
  const started = startInPage();
  const failure = async (reason: string) => refusal(await policy.end()) ?? notStarted(reason);
  if (typeof started === "string") throw await failure(started);
  const { post, listen } = portOf(started);
  let answered = false;
  return {
    port: {
      post,
      listen: (onMessage, onFailure) =>
        listen(
          (message) => {
            if (!answered) void policy.end();
            answered = true;
            onMessage(message);
          },
          async (reason) => onFailure(answered ? reason : await failure(String(reason))),
        ),
    },
    end() {
      void policy.end();
      started.terminate();
    },
  };
}

/** The worker, or why there is none. */
function startInPage(): Worker | string {
  try {
    // Bundlers look for these very words.
    return new Worker(new URL("./wasm-worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refusal(refused: string | null): EfficientNetError | null {
  if (refused === null) return null;
  return new EfficientNetError("no-backend", `the worker of the networks was refused: ${refused}`, {
    hint: "allow it, or use load of efficientnet/wasm, which needs no worker",
  });
}

function notStarted(reason: string): EfficientNetError {
  return new EfficientNetError("backend-failed", `the worker of the networks failed: ${reason}`, {
    hint: "see that wasm-worker.js is built and served with the page's headers (Vite in development: optimizeDeps.exclude), or pass a worker",
  });
}

async function openInNode(): Promise<OpenWorker> {
  const { Worker: NodeWorker } = await importByName<typeof import("node:worker_threads")>("node:worker_threads");
  // Both are source, or both are built. Bundlers must not take this for a file of a page.
  const here = import.meta.url;
  const worker = new NodeWorker(new URL(`./wasm-worker${here.slice(here.lastIndexOf("."))}`, here));
  // A waiting worker must not keep a finished program alive; one that is asked something does.
  worker.unref();
  return {
    port: portOf(worker),
    end: () => void worker.terminate(),
    hold: (busy) => (busy ? worker.ref() : worker.unref()),
  };
}
