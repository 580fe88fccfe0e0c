import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Held, holdsOver } from "./many-steps.js";

/** A page that trains on a backend and says what it holds. */
async function train(backend: string, steps: number): Promise<readonly Held[]> {
  await tf.setBackend(backend);
  await tf.ready();
  return holdsOver(steps);
}

Object.assign(globalThis, { api: { train } });
