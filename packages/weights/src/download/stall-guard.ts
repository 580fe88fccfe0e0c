/** A signal that follows the caller's and also fires when nothing was heard for too long. */
export interface StallGuard {
  readonly signal: AbortSignal;
  /** To be called for every sign of life. */
  readonly alive: () => void;
  readonly stop: () => void;
}

export function stallGuard(signal: AbortSignal, timeout: number): StallGuard {
  const controller = new AbortController();
  const stalled = () => controller.abort(new Error(`nothing was heard for ${timeout} ms`));
  const aborted = () => controller.abort(signal.reason);
  let timer = setTimeout(stalled, timeout);
  signal.addEventListener("abort", aborted);
  if (signal.aborted) aborted();
  return {
    signal: controller.signal,
    alive() {
      clearTimeout(timer);
      timer = setTimeout(stalled, timeout);
    },
    stop() {
      clearTimeout(timer);
      signal.removeEventListener("abort", aborted);
    },
  };
}
