import { EfficientNetError, formatShape, isEfficientNetError } from "@efficientnet/errors";
import type { TrainingBatch } from "./training-batch.js";

/** A training that left the finite numbers. */
export function notFinite(loss: number, step: number, what: string | undefined): EfficientNetError {
  const first = what === undefined ? "a value that could not be found again" : what;
  return new EfficientNetError(
    "diverged",
    `the loss is ${loss} at step ${step}: the first values not finite are those of ${first}`,
    {
      hint: "lower the learning rate, lengthen the warm-up, or set clipNorm; then go on from the last checkpoint",
    },
  );
}

/** A tensor that may not be kept. */
export function tensorNotFinite(name: string, step: number): EfficientNetError {
  return new EfficientNetError("diverged", `${name} has values that are not finite after ${step} steps`, {
    hint: "lower the learning rate and go on from the last checkpoint, which is not replaced",
  });
}

export const disposed = (): EfficientNetError => new EfficientNetError("disposed", "the trainer was disposed");

/** What a step threw, with advice where the device gave up. */
export function stepFailed(
  error: unknown,
  { batch, backend, microBatch }: { batch: TrainingBatch; backend: string; microBatch: number | null },
): unknown {
  if (isEfficientNetError(error) && error.code !== "backend-failed") return error;
  const pictures = batch.shape[0] ?? 0;
  const piece = Math.max(1, Math.floor(Math.min(pictures, microBatch ?? pictures) / 2));
  const reason = error instanceof Error ? (error.message.split("\n")[0] ?? error.name) : String(error);
  return new EfficientNetError(
    "backend-failed",
    `a step over ${formatShape(batch.shape)} failed on ${backend}: ${reason}`,
    {
      hint: `if memory ran out, set microBatch: ${piece}, which sends a batch through in pieces, or take smaller images`,
      cause: error,
    },
  );
}
