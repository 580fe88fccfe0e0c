import type { Runner } from "./runner.js";

/** What one comparison found. */
export interface Finding {
  readonly name: string;
  /** Worst difference of an answer, in the unit that `tolerance` has. */
  readonly worst: number;
  /** Worst difference of a map on the way there, and which; absent where only the answer is known. */
  readonly feature?: number;
  readonly where?: string;
  readonly tolerance: number;
}

/** Something the command can check; large goldens are read when their turn comes. */
export interface Golden {
  readonly kind: "net" | "file" | "resize" | "photographs" | "train";
  readonly name: string;
  check(runner: Runner): Promise<readonly Finding[]>;
}

/** Recognises its goldens by what a JSON file holds, and says what is in it. */
export type GoldenKind = (file: string, content: unknown) => readonly Golden[];

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
