import { EfficientNetError } from "@efficientnet/errors";

/** @throws What the first signal that fired says: the error that it was aborted with, or `aborted`. */
export function checkSignals(signals: readonly (AbortSignal | undefined)[]): void {
  const fired = signals.find((signal) => signal?.aborted);
  if (fired !== undefined) throw errorOf(fired);
}

/** A promise that rejects as {@link checkSignals} as soon as a signal fires; it leaves no listener behind. */
export async function untilAborted<Value>(
  promise: Promise<Value>,
  signals: readonly (AbortSignal | undefined)[],
): Promise<Value> {
  checkSignals(signals);
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(errorOf(signals.find((signal) => signal?.aborted)));
  });
  for (const signal of signals) signal?.addEventListener("abort", stop);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    for (const signal of signals) signal?.removeEventListener("abort", stop);
  }
}

function errorOf(signal: AbortSignal | undefined): EfficientNetError {
  const reason: unknown = signal?.reason;
  if (reason instanceof EfficientNetError) return reason;
  return new EfficientNetError("aborted", "the epoch was aborted", { cause: reason });
}
