import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import { makeActive } from "./make-active.js";

/** How a backend compiles programs without running them. */
export interface CompileAhead {
  /** The tfjs flag under which operations only start compiling. */
  readonly flag: string;
  /** Resolves when everything that was started is compiled. */
  finish(): Promise<void>;
}

/** How long the first run took, and the compiling before it. */
export interface WarmUp {
  /** Milliseconds for compiling ahead; 0 where the backend compiles nothing, or only while running. */
  readonly compileMs: number;
  /** Milliseconds of the first run, to the result's values. */
  readonly runMs: number;
}

/** The backends whose programs are being compiled; tfjs fails when one runs before all of them are. */
const compiling = new Map<BackendName, Promise<unknown>>();

/** What to wait for before the backend runs programs again; undefined, so that nothing can come between, when it does. */
export function compilation(name: BackendName): Promise<unknown> | undefined {
  return compiling.get(name);
}

/**
 * Compiles the programs of `run` ahead and runs it once, timing both.
 *
 * The flag is global to tfjs, so it is up only while `run` runs, synchronously.
 */
export async function warmUp(
  name: BackendName,
  run: () => tf.Tensor,
  ahead: CompileAhead | undefined,
): Promise<WarmUp> {
  const start = performance.now();
  if (ahead) await compileAhead(name, run, ahead);
  const compiled = performance.now();
  const active = makeActive(name);
  if (active !== true) await active;
  const result = tf.tidy(run);
  try {
    await result.data();
  } finally {
    result.dispose();
  }
  return { compileMs: ahead ? compiled - start : 0, runMs: performance.now() - compiled };
}

async function compileAhead(name: BackendName, run: () => tf.Tensor, { flag, finish }: CompileAhead): Promise<void> {
  tf.env().set(flag, true);
  try {
    tf.tidy(run).dispose();
  } finally {
    tf.env().set(flag, false);
    const finished = finish();
    // Whoever waits needs to know when, and not whether it went well.
    compiling.set(
      name,
      finished.catch(() => undefined),
    );
    await finished.finally(() => compiling.delete(name));
  }
}
