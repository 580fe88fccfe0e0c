import { detectRuntime } from "./runtime.js";

const EVENTS = ["uncaughtException", "unhandledRejection"] as const;

/** `function(ex){if(!(ex instanceof ExitStatus)){throw ex}}` and `function(reason){throw reason}`, without the spaces. */
const RETHROWS = /^function\((\w+)\)\{(if\(!\(\1instanceof\w+\)\)\{)?throw\1;?\}+$/;

interface Listening {
  readonly events: NodeJS.EventEmitter;
  readonly event: string;
  readonly listeners: ReturnType<NodeJS.EventEmitter["rawListeners"]>;
}

/** What listens to the errors of the program, event by event; nothing in a browser. */
function listening(): readonly Listening[] {
  if (detectRuntime() === "browser") return [];
  const events: NodeJS.EventEmitter = process;
  return EVENTS.map((event) => ({ events, event, listeners: events.rawListeners(event) }));
}

/**
 * Runs `start`, and takes away the listeners by which an Emscripten module throws every error of the program again from
 * its own file: Node prints that file's one line of 40 KB before the error.
 */
export async function withoutRethrowing<T>(start: () => Promise<T>): Promise<T> {
  const before = listening();
  try {
    return await start();
  } finally {
    for (const { events, event, listeners } of before) {
      // Somebody else may have begun to listen meanwhile.
      const added = events.rawListeners(event).filter((listener) => !listeners.includes(listener));
      for (const listener of added) {
        if (RETHROWS.test(String(listener).replace(/\s/g, ""))) events.off(event, listener as () => void);
      }
    }
  }
}

/** Runs `stop`, and lets those listen again whom it took away: disposing tfjs's module removes everybody's listeners. */
export function keepingListeners(stop: () => void): void {
  const before = listening();
  try {
    stop();
  } finally {
    for (const { events, event, listeners } of before) {
      const left = events.rawListeners(event);
      for (const listener of listeners) if (!left.includes(listener)) events.on(event, listener as () => void);
    }
  }
}
