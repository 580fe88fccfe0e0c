import { EfficientNetError } from "@efficientnet/errors";
import { seededRandom, shuffle } from "@efficientnet/random";

/**
 * Batches in one epoch. Training leaves out an incomplete last one, as `scheduleInSteps` of `@efficientnet/progressive`
 * counts, unless it is all there is; evaluation sees every picture.
 */
export function countBatches(pictures: number, batchSize: number, training: boolean): number {
  if (!(Number.isInteger(batchSize) && batchSize > 0)) {
    throw new EfficientNetError("invalid-argument", `batchSize is ${batchSize}`, {
      expected: "a whole, positive number of pictures",
    });
  }
  return training ? Math.max(1, Math.floor(pictures / batchSize)) : Math.ceil(pictures / batchSize);
}

/** The pictures of an epoch in the order in which they come: shuffled anew each epoch, or as they are. */
export function epochOrder(pictures: number, seed: number, epoch: number, training: boolean): Uint32Array {
  if (training) return shuffle(seededRandom(seed, "order", epoch), pictures);
  return Uint32Array.from({ length: pictures }, (_, index) => index);
}
