import { EfficientNetError } from "@efficientnet/errors";
import type { PictureSource } from "@efficientnet/preprocess";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type { EfficientNet } from "../efficient-net.js";
import { openOwnWorker } from "../open-own-worker.js";
import { type AskWorker, askWorker, type OpenWorker } from "./ask-worker.js";
import { buffersIn, type NetworkFacts } from "./messages.js";
import { type MessageEmitter, type MessageTarget, portOf } from "./port.js";
import { remoteNetwork } from "./remote-network.js";
import { sendableOptions, type WorkerLoadOptions } from "./send-options.js";

export interface WorkerClientOptions {
  /**
   * A worker whose program calls `serveNetworks`, as `import "efficientnet/wasm/worker"` does; in place of the ready-made
   * one, which Vite's and webpack's builds find, and esbuild where `wasm-worker=efficientnet/wasm/worker` is an entry.
   */
  readonly worker?: MessageTarget | MessageEmitter | undefined;
}

/** Networks in a worker, so that a page never freezes while they are read, packed and run. */
export interface WorkerClient extends Disposable {
  /**
   * As `load` of `efficientnet/wasm`; the network lives in the worker. Pictures are decoded and resized there too, save
   * images, canvases, videos and tensors, which belong to the page. Answers are moved, not copied. A signal is heard
   * between two pictures, its caller at once.
   *
   * @throws As `load` does; `invalid-argument` for what cannot be sent; `backend-failed` when the worker dies or is not
   * found; `no-backend` where the page's Content-Security-Policy refuses it.
   */
  load(options: WorkerLoadOptions): Promise<EfficientNet<PictureSource>>;
  load(model: string | ArchitectureSpec, options?: WorkerLoadOptions): Promise<EfficientNet<PictureSource>>;
  /** Ends the worker and its threads at once, whatever they are at. */
  dispose(): void;
}

/** Starts a worker for networks: `const net = await createWorkerClient().load("efficientnet-b0", { weights })`. */
export function createWorkerClient({ worker }: WorkerClientOptions = {}): WorkerClient {
  const { ask, tell, end } = askWorker(worker === undefined ? openOwnWorker() : Promise.resolve(openGiven(worker)));

  async function loadNamed(
    model: string | ArchitectureSpec | undefined,
    options: WorkerLoadOptions,
  ): Promise<EfficientNet<PictureSource>> {
    const { signal, onProgress, transfer = false } = options;
    const sent = sendableOptions(options);
    const moved = transfer ? buffersIn(sent.weights) : [];
    const { id, value } = await ask<NetworkFacts>(
      { verb: "load", model, options: sent },
      { signal, onProgress, moved },
    );
    return remoteNetwork({ ask, tell, end } satisfies AskWorker, id, value);
  }

  function load(
    first: string | ArchitectureSpec | WorkerLoadOptions,
    options: WorkerLoadOptions = {},
  ): Promise<EfficientNet<PictureSource>> {
    if (first === undefined) {
      throw new EfficientNetError("invalid-argument", "which network?", {
        expected: "a model, or options with weights",
      });
    }
    return typeof first === "string" || "stages" in first ? loadNamed(first, options) : loadNamed(undefined, first);
  }

  return { load, dispose: end, [Symbol.dispose]: end };
}

function openGiven(worker: MessageTarget | MessageEmitter): OpenWorker {
  return {
    port: portOf(worker),
    end() {
      if ("terminate" in worker && typeof worker.terminate === "function") worker.terminate();
      else if ("close" in worker && typeof worker.close === "function") worker.close();
    },
  };
}
