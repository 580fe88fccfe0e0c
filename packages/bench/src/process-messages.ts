import type { Verbs } from "./verbs.js";

/** A call into a process of one contestant, and what comes back. */
export interface Call {
  readonly id: number;
  readonly verb: keyof Verbs;
  readonly args: readonly unknown[];
}

export type Reply = { readonly id: number; readonly result: unknown } | { readonly id: number; readonly error: string };
