import { inspect } from "node:util";
import { isEfficientNetError } from "@efficientnet/errors";
import { printable } from "./printable.js";

/** An error as people read it: its message; with `verbose` its stack and causes. */
export function formatError(error: unknown, verbose: boolean): string {
  const text = verbose ? inspect(error) : messageOf(error);
  return text.split("\n").map(printable).join("\n");
}

function messageOf(error: unknown): string {
  if (isEfficientNetError(error)) return error.message;
  if (!(error instanceof Error)) return String(error);
  // What the system says ("ENOENT: no such file or directory, open 'x'") needs no hint; anything else is a surprise.
  return "syscall" in error ? error.message : `${error.message}\n  hint: --verbose shows where this happened`;
}
