import { EfficientNetError } from "@efficientnet/errors";

/** @throws `aborted` where the signal has fired. */
export function checkAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new EfficientNetError("aborted", "the engine was aborted", { cause: signal.reason });
}
