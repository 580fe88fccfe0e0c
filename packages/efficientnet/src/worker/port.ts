import type { EfficientNetError } from "@efficientnet/errors";

/** One end of a channel between a program and the worker that runs its networks. */
export interface Port {
  post(message: unknown, moved: readonly ArrayBuffer[]): void;
  listen(onMessage: (message: unknown) => void, onFailure: (reason: string | EfficientNetError) => void): void;
}

/** Whatever messages go through in a page: a `Worker`, a worker's own scope, a `MessagePort`. */
export interface MessageTarget {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message" | "messageerror" | "error", listener: (event: Event) => void): void;
  /** A `MessagePort` delivers nothing before this. */
  start?(): void;
}

/** What Node's `Worker` is instead. */
export interface MessageEmitter {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  on(event: string, listener: (argument: unknown) => void): unknown;
}

/** The end that belongs to a worker, a scope or a port, of a page or of Node. */
export function portOf(target: MessageTarget | MessageEmitter): Port {
  if ("addEventListener" in target) return portOfTarget(target);
  return {
    post: (message, moved) => target.postMessage(message, [...moved]),
    listen(onMessage, onFailure) {
      target.on("message", onMessage);
      target.on("messageerror", () => onFailure("a message could not be read"));
      target.on("error", (error) => onFailure(error instanceof Error ? error.message : String(error)));
      target.on("exit", (code) => onFailure(`it ended with code ${code}`));
    },
  };
}

function portOfTarget(target: MessageTarget): Port {
  return {
    post: (message, moved) => target.postMessage(message, [...moved]),
    listen(onMessage, onFailure) {
      target.addEventListener("message", (event) => onMessage((event as MessageEvent).data));
      const fail = (event: Event) => {
        const { message } = event as Partial<ErrorEvent>;
        onFailure(message || (event.type === "error" ? "it could not be started" : "a message could not be read"));
      };
      target.addEventListener("messageerror", fail);
      target.addEventListener("error", fail);
      target.start?.();
    },
  };
}
