import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { registerGradients } from "./register-gradients.js";

beforeAll(async () => {
  await tf.setBackend("cpu");
  registerGradients();
});

type Op = (...x: tf.Tensor[]) => tf.Tensor;
interface Case {
  readonly shapes: readonly number[][];
  readonly op: Op;
  /** Values are drawn from -1 to 1 and moved by this. */
  readonly offset?: number;
}
const conv = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 2, "same");
const depthwise = (x: tf.Tensor, w: tf.Tensor) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 1);
const map = [1, 4, 5, 2];

const CASES: Readonly<Record<string, Case>> = {
  add: { shapes: [[2, 3], [3]], op: (a, b) => tf.add(a!, b!) },
  sub: { shapes: [[3], [2, 3]], op: (a, b) => tf.sub(a!, b!) },
  mul: {
    shapes: [
      [2, 1, 3],
      [4, 1],
    ],
    op: (a, b) => tf.mul(a!, b!),
  },
  div: { shapes: [[2, 3], [1]], op: (a, b) => tf.div(a!, b!), offset: 2 },
  maximum: { shapes: [[6], [6]], op: (a, b) => tf.maximum(a!, b!) },
  minimum: { shapes: [[6], [1]], op: (a, b) => tf.minimum(a!, b!) },
  squaredDifference: { shapes: [[4], [2, 4]], op: (a, b) => tf.squaredDifference(a!, b!) },
  addN: { shapes: [[4], [4], [4]], op: (...all) => tf.addN(all) },
  where: { shapes: [[4], [4]], op: (a, b) => tf.where(tf.tensor1d([1, 0, 0, 1], "bool"), a!, b!) },
  neg: { shapes: [[4]], op: (x) => tf.neg(x!) },
  square: { shapes: [[4]], op: (x) => tf.square(x!) },
  sqrt: { shapes: [[4]], op: (x) => tf.sqrt(x!), offset: 2 },
  rsqrt: { shapes: [[4]], op: (x) => tf.rsqrt(x!), offset: 2 },
  reciprocal: { shapes: [[4]], op: (x) => tf.reciprocal(x!), offset: 2 },
  exp: { shapes: [[4]], op: (x) => tf.exp(x!) },
  log: { shapes: [[4]], op: (x) => tf.log(x!), offset: 2 },
  log1p: { shapes: [[4]], op: (x) => tf.log1p(x!), offset: 1 },
  abs: { shapes: [[4]], op: (x) => tf.abs(x!) },
  clip: { shapes: [[8]], op: (x) => tf.clipByValue(x!, -0.4, 0.6) },
  sigmoid: { shapes: [[4]], op: (x) => tf.sigmoid(x!) },
  tanh: { shapes: [[4]], op: (x) => tf.tanh(x!) },
  relu: { shapes: [[8]], op: (x) => tf.relu(x!) },
  relu6: { shapes: [[8]], op: (x) => tf.relu6(tf.mul(x!, 8)) },
  softplus: { shapes: [[4]], op: (x) => tf.softplus(x!) },
  floor: { shapes: [[4]], op: (x) => tf.add(tf.floor(x!), x!), offset: 0.3 },
  "hard-swish": { shapes: [[8]], op: (x) => tf.mul(x!, tf.div(tf.relu6(tf.add(x!, 3)), 6)) },
  mish: { shapes: [[8]], op: (x) => tf.mul(x!, tf.tanh(tf.softplus(x!))) },
  reshape: { shapes: [[2, 3]], op: (x) => tf.reshape(x!, [3, 2]) },
  expandDims: { shapes: [[2, 3]], op: (x) => tf.expandDims(x!, 1) },
  transpose: { shapes: [[2, 3, 4]], op: (x) => tf.transpose(x!, [2, 0, 1]) },
  pad: {
    shapes: [[2, 3]],
    op: (x) =>
      tf.pad(x!, [
        [1, 0],
        [2, 1],
      ]),
  },
  slice: { shapes: [[3, 4]], op: (x) => tf.slice(x!, [1, 1], [2, -1]) },
  tile: { shapes: [[2, 3]], op: (x) => tf.tile(x!, [2, 3]) },
  concat: {
    shapes: [
      [2, 1],
      [2, 3],
    ],
    op: (...all) => tf.concat(all, -1),
  },
  split: { shapes: [[2, 4]], op: (x) => tf.sub(...(tf.split(x!, 2, 1) as [tf.Tensor, tf.Tensor])) },
  stack: { shapes: [[2], [2]], op: (...all) => tf.stack(all, 1) },
  unstack: { shapes: [[2, 3]], op: (x) => tf.sub(...(tf.unstack(x!) as [tf.Tensor, tf.Tensor])) },
  gather: { shapes: [[2, 4]], op: (x) => tf.gather(x!, tf.tensor1d([3, 0, 3], "int32"), 1) },
  sum: { shapes: [[2, 3, 2]], op: (x) => tf.sum(x!, [0, 2]) },
  mean: { shapes: [[2, 3, 2]], op: (x) => tf.mean(x!, 1, true) },
  max: { shapes: [[2, 3]], op: (x) => tf.max(x!, 1) },
  min: { shapes: [[2, 3]], op: (x) => tf.min(x!, 0) },
  softmax: { shapes: [[2, 3]], op: (x) => tf.softmax(x!) },
  logSoftmax: { shapes: [[2, 3]], op: (x) => tf.logSoftmax(x!) },
  moments: { shapes: [[2, 3]], op: (x) => tf.moments(x!, 0).variance },
  matMul: {
    shapes: [
      [2, 3],
      [3, 4],
    ],
    op: (a, b) => tf.matMul(a!, b!),
  },
  "matMul, first transposed": {
    shapes: [
      [3, 2],
      [3, 4],
    ],
    op: (a, b) => tf.matMul(a!, b!, true),
  },
  "matMul, second transposed": {
    shapes: [
      [2, 3],
      [4, 3],
    ],
    op: (a, b) => tf.matMul(a!, b!, false, true),
  },
  "matMul, both transposed": {
    shapes: [
      [3, 2],
      [4, 3],
    ],
    op: (a, b) => tf.matMul(a!, b!, true, true),
  },
  conv2d: { shapes: [map, [3, 3, 2, 3]], op: (x, w) => conv(x!, w!) },
  depthwiseConv2d: { shapes: [map, [3, 3, 2, 1]], op: (x, w) => depthwise(x!, w!) },
  batchNorm: {
    shapes: [[1, 2, 2, 3], [3], [3], [3], [3]],
    op: (x, mean, variance, offset, scale) =>
      tf.batchNorm(x!, mean as tf.Tensor1D, variance as tf.Tensor1D, offset as tf.Tensor1D, scale as tf.Tensor1D, 0.1),
    offset: 1.5,
  },
};

/** Central differences of `sum(op * dy)`; single precision leaves about 1e-3 of them. */
function differences(op: Op, values: readonly Float32Array[], shapes: readonly number[][], at: number): number[] {
  const step = 2 ** -7;
  const total = (changed: readonly Float32Array[]) =>
    tf.tidy(() => {
      const y = op(...changed.map((v, i) => tf.tensor(v, shapes[i])));
      return tf.dot(tf.reshape(y, [-1]), tf.tensor1d(uniformArray("dy", y.size))).dataSync()[0] ?? Number.NaN;
    });
  return [...(values[at] ?? [])].map((_, i) => {
    const moved = (by: number) => values.map((v, k) => v.map((x, j) => (k === at && j === i ? x + by : x)));
    return (total(moved(step)) - total(moved(-step))) / (2 * step);
  });
}

describe("registerGradients", () => {
  it.each(Object.entries(CASES))("%s has the slope that differences show", async (name, { shapes, op, offset = 0 }) => {
    const values = shapes.map((shape, i) => uniformArray(`${name}/${i}`, tf.util.sizeFromShape(shape), 1, offset));
    await expectNoLeaks(() =>
      tf.tidy(() => {
        const inputs = values.map((v, i) => tf.tensor(v, shapes[i]));
        const dy = (y: tf.Tensor) => tf.tensor(uniformArray("dy", y.size), y.shape);
        const gradients = tf.grads(op)(inputs, dy(op(...inputs)));
        gradients.forEach((gradient, i) => {
          expectClose(gradient.dataSync(), differences(op, values, shapes, i), 4e-3);
        });
      }),
    );
  });

  it("leaves a gradient that somebody else has registered", () => {
    const other: tf.GradConfig = { kernelName: "Neg", gradFunc: () => ({}) };
    const ours = tf.getGradient("Neg");
    tf.registerGradient(other);
    registerGradients();
    expect(tf.getGradient("Neg")).toBe(other);
    tf.registerGradient(ours);
  });

  it("says that dilated convolutions have no gradient", () => {
    const run = () =>
      tf.tidy(() => {
        const kernel = tf.ones([3, 3, 1, 1]) as tf.Tensor4D;
        return tf.grad((x) => tf.conv2d(x as tf.Tensor4D, kernel, 1, "same", "NHWC", 2))(tf.ones([1, 5, 5, 1]));
      });
    expect(run).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the gradient of Conv2D is not defined for dilated kernels
        expected: dilations of 1
        received: dilations of 2]
    `);
  });
});
