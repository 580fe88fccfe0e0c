import { EfficientNetError } from "@efficientnet/errors";
import type { BatchRecipe } from "./batch-recipe.js";
import { type DataReply, type DataRequest, receivedError } from "./data-messages.js";
import type { DatasetDescription } from "./dataset.js";
import type { PreparedBatch } from "./prepare-batch.js";
import type { Preparer } from "./preparer.js";
import type { WorkerHandle } from "./worker-handle.js";

/** What a worker opens first. */
export interface WorkerTask {
  readonly dataset: DatasetDescription;
  readonly recipe: BatchRecipe;
  readonly cacheBytes: number;
}

interface Waiting {
  resolve(batch: PreparedBatch | null): void;
  reject(reason: Error): void;
}

type Ask = DataRequest extends infer Request ? (Request extends DataRequest ? Omit<Request, "id"> : never) : never;

/** The worker never got as far as listening: where workers are refused, or its program is not found. */
export class WorkerNotStarted extends Error {}

/**
 * Prepares batches in a worker, which keeps the program alive only while one is asked for.
 *
 * @throws {@link WorkerNotStarted}, and what opening the dataset throws there.
 */
export async function workerPreparer(worker: WorkerHandle, task: WorkerTask): Promise<Preparer> {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let ended: EfficientNetError | undefined;

  function end(reason: EfficientNetError): void {
    ended ??= reason;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
    worker.hold(false);
  }

  function settle(reply: Exclude<DataReply, { ready: true }>): void {
    const { resolve, reject } = waiting.get(reply.id) ?? {};
    waiting.delete(reply.id);
    if (waiting.size === 0) worker.hold(false);
    if ("error" in reply) reject?.(receivedError(reply.error));
    else resolve?.(reply.value);
  }

  function ask(request: Ask): Promise<PreparedBatch | null> {
    if (ended !== undefined) return Promise.reject(ended);
    const id = asked++;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.hold(true);
      worker.post({ ...request, id } satisfies DataRequest);
    });
  }

  await new Promise<void>((resolve, reject) => {
    worker.onEnd((reason) => {
      reject(new WorkerNotStarted(reason));
      end(new EfficientNetError("backend-failed", "a worker that prepares pictures died", { received: reason }));
    });
    worker.onMessage((message) => {
      const reply = message as DataReply;
      if ("ready" in reply) resolve();
      else settle(reply);
    });
  });
  await ask({ verb: "open", ...task });
  return { prepare: async (job) => (await ask({ verb: "prepare", job }))! };
}
