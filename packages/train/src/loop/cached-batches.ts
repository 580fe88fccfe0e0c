import type { BatchPipeline, EpochRequest } from "../data/batch.js";
import { countBatches, epochOrder } from "../data/epoch-order.js";
import type { Trainer } from "../trainer.js";
import type { ActivationBatch, TrainingBatch } from "./training-batch.js";

/** Where a training's batches come from: pictures, or kept activations. */
export interface BatchSource {
  epoch(request: EpochRequest): AsyncIterable<TrainingBatch>;
}

/** A picture's activations and label. */
interface Kept {
  readonly activations: Float32Array;
  readonly labels: Float32Array;
}

/**
 * Batches of what the frozen half makes of pictures, each computed once for an image size, as evaluation sees them:
 * without augmentation. Epochs are shuffled as those of pictures are.
 */
export function cachedBatches(trainer: Trainer, pipeline: BatchPipeline): BatchSource {
  let cached:
    | { readonly imageSize: number; readonly kept: ReadonlyMap<number, Kept>; readonly shape: readonly number[] }
    | undefined;

  async function fill(request: EpochRequest): Promise<NonNullable<typeof cached>> {
    const { imageSize, batchSize } = request.settings;
    const kept = new Map<number, Kept>();
    let shape: readonly number[] = [];
    const settings = { imageSize, batchSize, regularisers: {} };
    for await (const batch of pipeline.epoch({
      seed: 0,
      epoch: 0,
      settings,
      training: false,
      signal: request.signal,
    })) {
      const { values, shape: all } = await trainer.runFrozen(batch);
      shape = all.slice(1);
      for (const [i, index] of batch.indices.entries()) {
        const row = (array: Float32Array) =>
          array.slice((i * array.length) / all[0]!, ((i + 1) * array.length) / all[0]!);
        kept.set(index, { activations: row(values), labels: row(batch.labels) });
      }
    }
    return { imageSize, kept, shape };
  }

  return {
    async *epoch(request) {
      const { seed, epoch, firstBatch = 0, settings, training } = request;
      if (cached?.imageSize !== settings.imageSize) cached = await fill(request);
      const { kept, shape } = cached;
      const known = [...kept.keys()].sort((a, b) => a - b);
      const order = epochOrder(known.length, seed, epoch, training);
      const count = countBatches(known.length, settings.batchSize, training);
      for (let batch = firstBatch; batch < count; batch++) {
        const chosen = order.subarray(batch * settings.batchSize, (batch + 1) * settings.batchSize);
        yield joined(
          Array.from(chosen, (at) => known[at]!),
          kept,
          shape,
        );
      }
    },
  };
}

function joined(
  indices: readonly number[],
  kept: ReadonlyMap<number, Kept>,
  shape: readonly number[],
): ActivationBatch {
  const rows = indices.map((index) => kept.get(index)!);
  const join = (arrays: readonly Float32Array[]): Float32Array => {
    const [first] = arrays;
    const all = new Float32Array(arrays.length * (first?.length ?? 0));
    arrays.forEach((array, i) => {
      all.set(array, i * array.length);
    });
    return all;
  };
  return {
    activations: join(rows.map(({ activations }) => activations)),
    shape: [indices.length, ...shape],
    labels: join(rows.map(({ labels }) => labels)),
    indices,
  };
}
