import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";
import type { Plan } from "@efficientnet/plan";
import type { CreateEngineOptions } from "./create-engine.js";
import type { Engine, EngineOutput } from "./engine.js";

/** One end of a channel: a `MessagePort`, a `Worker`, or a worker's own scope. */
export interface EnginePort {
  postMessage(message: unknown, transfer: ArrayBuffer[]): void;
  addEventListener(type: "message" | "messageerror" | "error", listener: (event: Event) => void): void;
  /** A `MessagePort` delivers nothing before this. */
  start?(): void;
}

/** Options that can be sent; a signal cannot. */
export type ServedEngineOptions = Omit<CreateEngineOptions, "signal">;

export type EngineRequest =
  | { readonly verb: "create"; readonly id: number; readonly plan: Plan; readonly options: ServedEngineOptions }
  | { readonly verb: "run"; readonly id: number; readonly input: Float32Array }
  | { readonly verb: "dispose"; readonly id: number };

export type EngineFacts = Pick<Engine, "build" | "threads" | "threadsReason" | "memoryBytes">;

/** What each verb answers. */
export interface EngineAnswers {
  readonly create: EngineFacts;
  readonly run: Readonly<Record<string, EngineOutput>>;
  readonly dispose: null;
}

export type EngineReply =
  | { readonly id: number; readonly value: EngineAnswers[keyof EngineAnswers] }
  | { readonly id: number; readonly error: SentError };

/** An error as it travels: structured clones lose the class and its fields. */
export interface SentError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** The error on the other side: its message is whole already. */
export function receivedError({ code, message }: SentError): EfficientNetError {
  return new EfficientNetError(code, message);
}
