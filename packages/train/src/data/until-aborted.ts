import { EfficientNetError } from "@efficientnet/errors";

/** The error for a signal that fired. */
export const abortedError = (signal: AbortSignal): EfficientNetError =>
  new EfficientNetError("aborted", "the epoch was aborted", { cause: signal.reason });

/** A promise that rejects with `aborted` as soon as the signal fires; it leaves no listener behind. */
export async function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (signal === undefined) return promise;
  if (signal.aborted) throw abortedError(signal);
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(abortedError(signal));
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
