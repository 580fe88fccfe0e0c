import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";

/**
 * True at once for a backend that the engine has made, without a moment in which someone else could make another one
 * active: tfjs would then run this work there, and move its tensors.
 */
export function makeActive(name: BackendName): true | Promise<boolean> {
  if (tf.getBackend() === name) return true;
  const made = tf.engine().registry[name] !== undefined;
  const switched = tf.setBackend(name);
  return made || switched;
}
