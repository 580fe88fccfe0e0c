import { createInterface } from "node:readline";
import { prepareTraining } from "@efficientnet/kernels";
import type { Mode } from "@efficientnet/layers";
import { initTensor, loadParams, logits } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { trainedSpec } from "./trained-spec.js";

const LEARNING_RATE = 0.01;
const MODE: Mode = { training: true, seed: 1, statistics: "batch" };

// node step-process.ts BACKEND MODEL SIZE BATCH: takes a number of steps on each line, answers with their milliseconds.
const [backend = "", model = "", size = "", batch = ""] = process.argv.slice(2);
await tf.setBackend(backend);
await prepareTraining();
const spec = trainedSpec(model);
const shapes = tensorShapes(spec);
const names = shapes.filter(({ role }) => role !== "mean" && role !== "variance").map(({ name }) => name);
const params = new Map(await loadParams(shapes, (tensor) => initTensor(tensor, 1)));
const count = Number(batch);
const classes = spec.head.classes ?? 0;
const x = tf.randomNormal([count, Number(size), Number(size), 3], 0, 1, "float32", 1) as tf.Tensor4D;
const labels = tf.tidy(() => tf.cast(tf.oneHot(tf.range(0, count, 1, "int32"), classes), "float32"));

/** Cross-entropy of a batch, its gradient in everything that is trained, and one step of plain gradient descent. */
function step(): number {
  const { value, grads } = tf.valueAndGrads((...values: tf.Tensor[]) => {
    const current = new Map([...params, ...names.map((name, i) => [name, values[i] as tf.Tensor] as const)]);
    const logProbabilities = tf.logSoftmax(logits(spec, current, x, MODE));
    return tf.neg(tf.div(tf.sum(tf.mul(labels, logProbabilities)), count)) as tf.Scalar;
  })(names.map((name) => params.get(name) as tf.Tensor));
  for (const [i, name] of names.entries()) {
    const old = params.get(name) as tf.Tensor;
    const gradient = grads[i] as tf.Tensor;
    params.set(
      name,
      tf.tidy(() => tf.sub(old, tf.mul(gradient, LEARNING_RATE))),
    );
    tf.dispose([old, gradient]);
  }
  const loss = value.dataSync()[0] ?? Number.NaN;
  value.dispose();
  return loss;
}

for await (const line of createInterface({ input: process.stdin })) {
  let loss = Number.NaN;
  const processor: number[] = [];
  const milliseconds = Array.from({ length: Number(line) }, () => {
    const [start, used] = [performance.now(), process.cpuUsage()];
    loss = step();
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
    return performance.now() - start;
  });
  const answer = { milliseconds, processor, loss, peakMegabytes: process.resourceUsage().maxRSS / 1000 };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
