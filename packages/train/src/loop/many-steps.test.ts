import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { expect, it } from "vitest";
import { holdsOver } from "../testing/many-steps.js";

it.each(["cpu", "wasm"])("500 steps on %s hold what the first holds, and nothing in the end", async (backend) => {
  await tf.setBackend(backend);
  const [first, last, end] = await holdsOver(500);
  expect(last).toEqual(first);
  expect(end).toEqual({ numTensors: 0, numBytes: 0, numDataBuffers: 0 });
});
