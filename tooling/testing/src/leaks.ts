import * as tf from "@tensorflow/tfjs-core";

/** `tf.memory()` needs a backend, and tests also look before the first one and after the last. */
const countTensors = () => tf.engine().state.numTensors;

/**
 * Runs `run` and throws if tensors are left over. What `run` returns is handed to `release`, which disposes what the
 * caller is meant to own; a `run` that throws must leave nothing either, and its error is passed on after the check.
 */
export async function expectNoLeaks<T>(run: () => T | Promise<T>, release?: (result: T) => void): Promise<void> {
  const before = countTensors();
  let failure: { error: unknown } | undefined;
  try {
    const result = await run();
    release?.(result);
  } catch (error) {
    failure = { error };
  }
  const left = countTensors() - before;
  if (left !== 0) {
    const after = failure ? ` after the error: ${failure.error}` : "";
    throw new Error(`${left} tensors left over${after}`, { cause: failure?.error });
  }
  if (failure) throw failure.error;
}
