import * as tf from "@tensorflow/tfjs-core";
import type { BackendName } from "./backend-name.js";
import type { CreatedBackend } from "./hold-backend.js";

/** An instance from the factory that a tfjs backend registered when it was imported; its failure is thrown, not logged. */
export async function createRegistered<B extends tf.KernelBackend>(name: BackendName): Promise<CreatedBackend<B>> {
  const factory = tf.findBackendFactory(name);
  if (!factory) throw new Error(`importing the tfjs backend did not register "${name}"`);
  return { backend: (await factory()) as B };
}
