import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { type Reply, type Request, receivedError } from "./messages.js";
import type { Port } from "./port.js";

/** A worker that listens, and how it ends. */
export interface OpenWorker {
  readonly port: Port;
  end(): void;
  /** Told whether somebody waits for an answer; Node ends a program that waits for a worker that it does not hold. */
  hold?(busy: boolean): void;
}

type WithoutId<Message> = Message extends { readonly id: number } ? Omit<Message, "id"> : never;

export interface AskOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
  /** Memory that is moved and not copied. */
  readonly moved?: Iterable<ArrayBuffer> | undefined;
}

export interface Answer<T> {
  readonly id: number;
  readonly value: T;
}

/** Questions to a worker, each with its answer. */
export interface AskWorker {
  ask<T>(request: WithoutId<Request>, options?: AskOptions): Promise<Answer<T>>;
  /** Says something that has no answer. */
  tell(request: Request): void;
  /** Ends the worker; whoever still waits is told `disposed`. */
  end(): void;
}

interface Waiting {
  settle(reply: Reply): void;
  fail(error: EfficientNetError): void;
}

/** Asks a worker as soon as it is open. A question whose signal fires is answered `aborted` at once. */
export function askWorker(opening: Promise<OpenWorker>): AskWorker {
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  let over: EfficientNetError | null = null;

  const finish = (error: EfficientNetError) => {
    over ??= error;
    for (const { fail } of waiting.values()) fail(over);
  };
  const broken = (reason: string | EfficientNetError) => {
    if (over !== null) return;
    const named = isEfficientNetError(reason);
    finish(named ? reason : new EfficientNetError("backend-failed", `the worker of the networks failed: ${reason}`));
  };
  opening.then(
    ({ port }) => port.listen((reply) => waiting.get((reply as Reply).id)?.settle(reply as Reply), broken),
    (error) => broken(isEfficientNetError(error) || !(error instanceof Error) ? error : error.message),
  );

  async function ask<T>(request: WithoutId<Request>, options: AskOptions = {}): Promise<Answer<T>> {
    const { signal, onProgress, moved = [] } = options;
    if (signal?.aborted) throw aborted(signal);
    const { port, hold } = await opening.catch(() => Promise.reject(over));
    if (over !== null) throw over;
    if (signal?.aborted) throw aborted(signal);
    const id = asked++;
    let onAbort: () => void = () => undefined;
    try {
      const value = await new Promise<T>((resolve, reject) => {
        onAbort = () => {
          port.post({ verb: "abort", id } satisfies Request, []);
          reject(aborted(signal));
        };
        signal?.addEventListener("abort", onAbort);
        waiting.set(id, {
          fail: reject,
          settle(reply) {
            if ("progress" in reply) onProgress?.(reply.progress);
            else if ("error" in reply) reject(receivedError(reply.error));
            else resolve(reply.value as T);
          },
        });
        hold?.(true);
        post(port, { ...request, id } as Request, moved);
      });
      return { id, value };
    } finally {
      signal?.removeEventListener("abort", onAbort);
      waiting.delete(id);
      if (waiting.size === 0) hold?.(false);
    }
  }

  return {
    ask,
    tell: (request) => void opening.then(({ port }) => over ?? port.post(request, [])).catch(() => undefined),
    end() {
      finish(new EfficientNetError("disposed", "the worker of the networks was disposed"));
      opening.then(({ end }) => end()).catch(() => undefined);
    },
  };
}

function post(port: Port, request: Request, moved: Iterable<ArrayBuffer>): void {
  try {
    port.post(request, [...moved]);
  } catch (cause) {
    throw new EfficientNetError("invalid-argument", "something that was passed cannot be sent to a worker", {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

function aborted(signal: AbortSignal | undefined): EfficientNetError {
  return new EfficientNetError("aborted", "the worker was told to stop", { cause: signal?.reason });
}
