import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { describe, expect, it } from "vitest";
import { batchNormActivation, prepareTraining, silu } from "../index.js";
import { BUILDS } from "../testing/builds.js";

const SHAPES = [[1], [7], [2, 3, 5], [2, 4, 4, 8], [3, 5, 7, 13], [1, 40, 40, 3], [1, 1, 2, 513]];

/** What the cpu backend, whose arithmetic is tfjs's own, and wasm make of the same function. */
async function onBoth(run: () => tf.Tensor[]): Promise<readonly (readonly [number[], number[]])[]> {
  const values = async (backend: string) => {
    await tf.setBackend(backend);
    const found: number[][] = [];
    await expectNoLeaks(() => tf.tidy(() => found.push(...run().map((y) => [...y.shape, ...y.dataSync()]))));
    return found;
  };
  const expected = await values("cpu");
  return (await values("wasm")).map((actual, i) => [actual, expected[i] ?? []] as const);
}

function expectEqual(pairs: readonly (readonly [number[], number[]])[], share: number): void {
  for (const [actual, expected] of pairs) {
    const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expectClose(actual, expected, share * largest);
  }
}

describe.each(BUILDS)("the %s build", (build) => {
  const prepare = async () => {
    await tf.setBackend("wasm");
    await prepareTraining({ build });
  };

  it.each(SHAPES.map((shape) => ({ shape })))("silu and its gradient of $shape", async ({ shape }) => {
    await prepare();
    const size = tf.util.sizeFromShape(shape);
    const pairs = await onBoth(() => {
      const x = tf.tensor(uniformArray("x", size, 20), shape);
      return [silu(x), tf.grad((value) => silu(value))(x, tf.tensor(uniformArray("dy", size), shape))];
    });
    expectEqual(pairs, 1e-6);
  });

  it.each(
    SHAPES.filter((shape) => shape.length > 1).flatMap((shape) =>
      ([null, "silu"] as const).map((activation) => ({ shape, activation })),
    ),
  )("batch norm of $shape with activation $activation, its statistics and gradients", async ({ shape, activation }) => {
    await prepare();
    const channels = shape.at(-1) ?? 0;
    const size = tf.util.sizeFromShape(shape);
    const pairs = await onBoth(() => {
      // Far from 0, where variance by sums of squares alone would lose its digits.
      const x = tf.tensor(uniformArray("x", size, 1, 30), shape);
      const gamma = tf.tensor1d(uniformArray("gamma", channels, 1, 1));
      const beta = tf.tensor1d(uniformArray("beta", channels));
      const run = (...[a, b, c]: tf.Tensor[]) =>
        batchNormActivation(a as tf.Tensor, b as tf.Tensor1D, c as tf.Tensor1D, 1e-3, activation);
      const { y, mean, variance } = run(x, gamma, beta);
      const dy = tf.tensor(uniformArray("dy", size), shape);
      return [y, mean, variance, ...tf.grads((...inputs) => run(...inputs).y)([x, gamma, beta], dy)];
    });
    expectEqual(pairs, 2e-5);
  });

  it("gives the same bits every time", async () => {
    await prepare();
    const shape = [4, 9, 9, 24];
    const once = () =>
      tf.tidy(() => {
        const x = tf.tensor(uniformArray("x", 4 * 81 * 24), shape);
        const filter = tf.tensor4d(uniformArray("w", 9 * 24 * 40), [3, 3, 24, 40]);
        const loss = (a: tf.Tensor, w: tf.Tensor) =>
          tf.sum(silu(tf.conv2d(a as tf.Tensor4D, w as tf.Tensor4D, 2, "same")));
        return tf
          .grads(loss)([x, filter])
          .map((gradient) => [...gradient.dataSync()]);
      });
    expect(once()).toEqual(once());
  });

  it.each([
    { shape: [3, 200, 5], axis: [1], keepDims: false },
    { shape: [2, 6, 7, 9], axis: [1, 2], keepDims: true },
    { shape: [6, 7, 8], axis: [0, 1], keepDims: false },
    { shape: [6, 7, 8], axis: [0, 2], keepDims: false },
    { shape: [6, 7], axis: [1], keepDims: true },
  ])("sum and mean of $shape over $axis", async ({ shape, axis, keepDims }) => {
    await prepare();
    const pairs = await onBoth(() => {
      const x = tf.tensor(uniformArray("x", tf.util.sizeFromShape(shape)), shape);
      return [tf.sum(x, axis, keepDims), tf.mean(x, axis, keepDims), tf.sum(tf.cast(x, "int32"), axis, keepDims)];
    });
    expectEqual(pairs, 2e-6);
  });

  it("sums rows by segment and leaves out ids below 0", async () => {
    await prepare();
    const rows = tf.tensor2d(uniformArray("x", 20), [4, 5]);
    const sums = tf.unsortedSegmentSum(rows, tf.tensor1d([1, -1, 1, 0], "int32"), 3);
    const [x, y] = [rows.arraySync(), sums.arraySync() as number[][]];
    tf.dispose([rows, sums]);
    expect(y[0]).toEqual(x[3]);
    expectClose(
      y[1] ?? [],
      (x[0] ?? []).map((value, i) => value + (x[2]?.[i] ?? 0)),
      1e-6,
    );
    expect(y[2]).toEqual([0, 0, 0, 0, 0]);
  });

  it.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("matrix products, transposed %s and %s, also several at a time", async (transposeA, transposeB) => {
    await prepare();
    const pairs = await onBoth(() =>
      [[1], [3]].map((batch) => {
        const shape = (flip: boolean, m: number, n: number) => [...batch, ...(flip ? [n, m] : [m, n])];
        const fill = (name: string, size: number[]) => tf.tensor(uniformArray(name, tf.util.sizeFromShape(size)), size);
        const [a, b] = [fill("a", shape(transposeA, 9, 13)), fill("b", shape(transposeB, 13, 11))];
        return tf.matMul(a, b, transposeA, transposeB);
      }),
    );
    expectEqual(pairs, 2e-6);
  });
});
