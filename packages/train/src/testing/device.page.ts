import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import * as tf from "@tensorflow/tfjs-core";
import { type Outcome, tryCase } from "./device-case.js";
import { BROWSER_CASES } from "./device-cases.js";

/** A page that tries every case on a backend. */
async function tryAll(backend: string): Promise<readonly Outcome[]> {
  await tf.setBackend(backend);
  await tf.ready();
  const outcomes: Outcome[] = [];
  for (const one of BROWSER_CASES) outcomes.push(await tryCase(one));
  return outcomes;
}

Object.assign(globalThis, { api: { tryAll } });
