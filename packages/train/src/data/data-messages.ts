import { EfficientNetError, type ErrorCode, isEfficientNetError } from "@efficientnet/errors";
import type { BatchRecipe } from "./batch-recipe.js";
import type { DatasetDescription } from "./dataset.js";
import type { BatchJob, PreparedBatch } from "./prepare-batch.js";

/** What a worker is asked, in order: once to open a dataset, then for batches. */
export type DataRequest =
  | {
      readonly verb: "open";
      readonly id: number;
      readonly dataset: DatasetDescription;
      readonly recipe: BatchRecipe;
      readonly cacheBytes: number;
    }
  | { readonly verb: "prepare"; readonly id: number; readonly job: BatchJob };

/** What it answers; `ready` comes by itself once it listens. */
export type DataReply =
  | { readonly ready: true }
  | { readonly id: number; readonly value: PreparedBatch | null }
  | { readonly id: number; readonly error: SentError };

/** An error as it travels: structured clones lose the class and its fields. */
export interface SentError {
  readonly code: ErrorCode | null;
  readonly message: string;
}

export function sentError(thrown: unknown): SentError {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: isEfficientNetError(thrown) ? thrown.code : null, message };
}

/** The error on the other side: its message is whole already. */
export function receivedError({ code, message }: SentError): Error {
  return code === null ? new Error(message) : new EfficientNetError(code, message);
}
