import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { EfficientNetError } from "@efficientnet/errors";
import type { Evaluation } from "@efficientnet/nas";
import type { Evaluate } from "@efficientnet/search/node";

/** What evaluates candidates, until it is closed. */
export interface OpenEvaluator {
  readonly evaluate: Evaluate;
  close(): Promise<void>;
}

/**
 * The evaluator of a module: its default export is called with the plan's `evaluation` and answers with the function that
 * evaluates candidates.
 *
 * @throws `invalid-argument` for a module that cannot be loaded or has no such export.
 */
export async function importEvaluator(path: string, evaluation: Evaluation): Promise<OpenEvaluator> {
  const { default: open } = await importModule(path);
  if (typeof open !== "function") {
    throw new EfficientNetError("invalid-argument", `the default export of ${path} is not a function`, {
      expected: "export default (evaluation) => async ({ spec, seed }) => ({ measured: { accuracy, ... } })",
      received: typeof open,
    });
  }
  return { evaluate: await open(evaluation), close: async () => undefined };
}

async function importModule(path: string): Promise<{ readonly default?: unknown }> {
  try {
    return await import(pathToFileURL(resolve(path)).href);
  } catch (cause) {
    throw new EfficientNetError("invalid-argument", `the evaluator ${path} cannot be loaded`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
