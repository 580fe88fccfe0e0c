import { EfficientNetError, type ErrorCode, isEfficientNetError } from "@efficientnet/errors";
import type { PictureSource } from "@efficientnet/preprocess";
import type { ArchitectureSpec } from "@efficientnet/specs";
import type { EfficientNet } from "../efficient-net.js";
import type { WasmLoadOptions } from "../wasm-load-options.js";

/** The questions to a network that take pictures. */
export const QUESTIONS = ["classify", "logits", "embed", "features"] as const;
export type Question = (typeof QUESTIONS)[number];

/** What a worker is asked; `id` comes back with the answer. A network is called by the id of its loading. */
export type Request =
  | {
      readonly verb: "load";
      readonly id: number;
      readonly model: string | ArchitectureSpec | undefined;
      readonly options: WasmLoadOptions;
    }
  | {
      readonly verb: "ask";
      readonly id: number;
      readonly network: number;
      readonly question: Question;
      readonly pictures: PictureSource | readonly PictureSource[];
      readonly options: object;
    }
  | { readonly verb: "warmUp"; readonly id: number; readonly network: number }
  /** Nobody waits for the answer to this id any more. */
  | { readonly verb: "abort"; readonly id: number }
  | { readonly verb: "dispose"; readonly network: number };

/** What is known about a network that lives in the worker. */
export interface NetworkFacts extends Pick<EfficientNet<never>, "spec" | "preprocess" | "labels" | "backend"> {
  readonly newHead: boolean;
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly progress: number }
  | { readonly id: number; readonly error: SentError };

/** An error as it travels: structured clones lose the class and its fields. */
interface SentError {
  readonly code: ErrorCode;
  /** Whole already, with what was expected and the hint. */
  readonly message: string;
}

export function sentError(thrown: unknown): SentError {
  const code = isEfficientNetError(thrown) ? thrown.code : "backend-failed";
  return { code, message: thrown instanceof Error ? thrown.message : String(thrown) };
}

export const receivedError = ({ code, message }: SentError): EfficientNetError => new EfficientNetError(code, message);

/** The memory of all arrays in a message, each once, to be moved and not copied. */
export function buffersIn(value: unknown, found: Set<ArrayBuffer> = new Set()): ReadonlySet<ArrayBuffer> {
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (value instanceof ArrayBuffer) found.add(value);
  else if (value instanceof Map || Array.isArray(value)) for (const one of value.values()) buffersIn(one, found);
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    for (const one of Object.values(value)) buffersIn(one, found);
  }
  return found;
}
