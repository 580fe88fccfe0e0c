import { EfficientNetError } from "@efficientnet/errors";
import type { BatchRecipe } from "./batch-recipe.js";
import { cachedDataset } from "./cached-dataset.js";
import { type DataReply, type DataRequest, sentError } from "./data-messages.js";
import type { Dataset } from "./dataset.js";
import { type DatasetSources, openDataset } from "./open-dataset.js";
import { type PreparedBatch, prepareBatch } from "./prepare-batch.js";

/** One end of a channel: a worker's own scope, or a `MessagePort`. */
export interface DataPort {
  postMessage(message: unknown, options: { readonly transfer: ArrayBuffer[] }): void;
  addEventListener(type: "message", listener: (event: Event) => void): void;
  /** A `MessagePort` delivers nothing before this. */
  start?(): void;
}

/**
 * Prepares batches for the pipeline on the other end of a port: what a worker of yours calls, with its own scope.
 *
 * @param own - the dataset that the pipeline has, where it cannot be sent: one that is drawn by program
 */
export function serveDataset(port: DataPort, own?: Dataset): void {
  serveSources(port, { own });
}

/** The same for a thread that can do more. */
export function serveSources(port: DataPort, sources: DatasetSources): void {
  let opened: { readonly dataset: Dataset; readonly recipe: BatchRecipe } | undefined;
  // One at a time and in order: a batch must not overtake the opening, nor share its memory with another.
  let before: Promise<void> = Promise.resolve();

  async function answer(request: DataRequest): Promise<PreparedBatch | null> {
    if (request.verb === "open") {
      const dataset = await openDataset(request.dataset, sources);
      opened = { dataset: cachedDataset(dataset, request.cacheBytes), recipe: request.recipe };
      return null;
    }
    if (opened === undefined) throw new EfficientNetError("disposed", "the worker has opened no dataset");
    return prepareBatch(opened.dataset, opened.recipe, request.job);
  }

  const post = (reply: DataReply, transfer: ArrayBuffer[] = []) => port.postMessage(reply, { transfer });

  async function reply(request: DataRequest): Promise<void> {
    const { id } = request;
    try {
      const value = await answer(request);
      post(
        { id, value },
        value === null ? [] : [value.images, value.labels].map(({ buffer }) => buffer as ArrayBuffer),
      );
    } catch (thrown) {
      post({ id, error: sentError(thrown) });
    }
  }

  port.addEventListener("message", (event) => {
    before = before.then(() => reply((event as MessageEvent<DataRequest>).data));
  });
  port.start?.();
  post({ ready: true });
}
