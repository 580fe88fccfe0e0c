import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-webgl";
import "@tensorflow/tfjs-backend-webgpu";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

setWasmPaths("/wasm/");

const wave = (shape: [number, number, number, number], step: number) =>
  tf.tensor4d(
    Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, (_, i) => Math.sin(step * i)),
    shape,
  );

async function convolve(backend: string): Promise<Float32Array> {
  if (!(await tf.setBackend(backend))) throw new Error(`the backend ${backend} does not start here`);
  const x = wave([1, 16, 16, 8], 0.37);
  const kernel = wave([3, 3, 8, 16], 0.73);
  const y = tf.conv2d(x, kernel, 2, "same");
  const values = (await y.data()) as Float32Array;
  for (const tensor of [x, kernel, y]) tensor.dispose();
  return values;
}

const api = {
  convolve,
  isolated: () => crossOriginIsolated,
  sum: (values: Float32Array) => values.reduce((total, value) => total + value, 0),
  complain: () => console.error("the page complains"),
  text: async (path: string) => (await fetch(path)).text(),
};

Object.assign(globalThis, { api });
