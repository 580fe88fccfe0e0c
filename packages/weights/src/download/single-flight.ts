import { throwIfAborted } from "./retry.js";
import type { OnBytes } from "./transfer.js";

interface Flight<T> {
  readonly result: Promise<T>;
  readonly controller: AbortController;
  readonly listeners: Set<OnBytes>;
  waiting: number;
}

/**
 * Lets callers that want the same thing at the same time share one download. A caller that aborts leaves; the
 * download itself ends when all have left.
 */
export class SingleFlight<T> {
  readonly #flights = new Map<string, Flight<T>>();

  async run(
    key: string,
    signal: AbortSignal,
    onBytes: OnBytes,
    start: (signal: AbortSignal, onBytes: OnBytes) => Promise<T>,
  ): Promise<T> {
    throwIfAborted(signal);
    const flight = this.#flights.get(key) ?? this.#begin(key, start);
    flight.waiting++;
    flight.listeners.add(onBytes);
    let onAbort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      onAbort = () => {
        try {
          throwIfAborted(signal);
        } catch (error) {
          reject(error);
        }
      };
      signal.addEventListener("abort", onAbort);
    });
    try {
      return await Promise.race([flight.result, aborted]);
    } finally {
      signal.removeEventListener("abort", onAbort);
      flight.listeners.delete(onBytes);
      if (--flight.waiting === 0) {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
        flight.controller.abort(signal.reason);
      }
    }
  }

  #begin(key: string, start: (signal: AbortSignal, onBytes: OnBytes) => Promise<T>): Flight<T> {
    const controller = new AbortController();
    const listeners = new Set<OnBytes>();
    const result = start(controller.signal, (bytes, total) => {
      for (const listener of listeners) listener(bytes, total);
    });
    const flight: Flight<T> = { result, controller, listeners, waiting: 0 };
    this.#flights.set(key, flight);
    // Those who left early are not told.
    result.catch(() => undefined);
    return flight;
  }
}
