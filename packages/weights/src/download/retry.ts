import { EfficientNetError } from "@efficientnet/errors";

/** A failure that may pass: `error` is what the caller sees when it does not. */
export class TemporaryFailure extends Error {
  constructor(
    readonly error: EfficientNetError,
    /** What the server asks to wait, in milliseconds. */
    readonly waitFor: number | null = null,
  ) {
    super(error.message);
  }
}

export interface RetryOptions {
  /** Failures in a row that are forgiven. */
  readonly retries: number;
  /** Milliseconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  readonly signal: AbortSignal;
}

/** A server that asks for more is taken at its word: the download fails and says when to come back. */
const LONGEST_WAIT = 120_000;

/**
 * Runs `attempt` until it succeeds or fails for good, waiting longer after each failure. `progressed` tells whether
 * the last attempt got further, which starts the count anew.
 *
 * @throws what the attempt throws, the error inside the last `TemporaryFailure`, or `aborted`.
 */
export async function withRetries<T>(
  attempt: () => Promise<T>,
  { retries, retryDelay, signal }: RetryOptions,
  progressed: () => boolean = () => false,
): Promise<T> {
  for (let failures = 0; ; ) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (failure) {
      throwIfAborted(signal);
      if (!(failure instanceof TemporaryFailure)) throw failure;
      failures = progressed() ? 1 : failures + 1;
      if (failures > retries || (failure.waitFor ?? 0) > LONGEST_WAIT) throw failure.error;
      // Jitter, so that clients that failed together do not return together.
      const backOff = retryDelay * 2 ** (failures - 1) * (0.75 + Math.random() / 2);
      await sleep(failure.waitFor ?? Math.min(backOff, LONGEST_WAIT), signal);
    }
  }
}

/** @throws `aborted` when the signal has fired. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new EfficientNetError("aborted", "the download was aborted", { cause: signal.reason });
}

/** Resolves after a while, or at once when the signal fires. */
function sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener("abort", done);
    if (signal.aborted) done();
  });
}
