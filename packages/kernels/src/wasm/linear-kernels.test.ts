import { expectClose, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareTraining } from "../index.js";
import { BUILDS } from "../testing/builds.js";

/** Everything about a convolution that its kernels look at. */
const shapes = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 13 }),
  width: fc.integer({ min: 1, max: 13 }),
  inChannels: fc.integer({ min: 1, max: 37 }),
  outChannels: fc.integer({ min: 1, max: 37 }),
  kernelHeight: fc.constantFrom(1, 2, 3, 5),
  kernelWidth: fc.constantFrom(1, 2, 3, 5, 7),
  stride: fc.integer({ min: 1, max: 3 }),
  pad: fc.constantFrom("same" as const, "valid" as const, 1, 2),
});
type Shape = typeof shapes extends fc.Arbitrary<infer T> ? T : never;

const DEPTHWISE = { Conv2D: false, DepthwiseConv2dNative: true };

function outputShape(kernel: keyof typeof DEPTHWISE, shape: Shape): number[] {
  const depthwise = DEPTHWISE[kernel];
  const filter = [shape.kernelHeight, shape.kernelWidth, shape.inChannels, depthwise ? 1 : shape.outChannels];
  return tf.backend_util.computeConv2DInfo(
    [shape.batch, shape.height, shape.width, shape.inChannels],
    filter as [number, number, number, number],
    shape.stride,
    1,
    shape.pad,
    "floor",
    depthwise,
  ).outShape;
}

/** The convolution and both its gradients on the active backend. */
function run(kernel: keyof typeof DEPTHWISE, shape: Shape): number[][] {
  return tf.tidy(() => {
    const { batch, height, width, inChannels, outChannels, kernelHeight, kernelWidth, stride, pad } = shape;
    const fill = (name: string, size: number[]) => tf.tensor(uniformArray(name, tf.util.sizeFromShape(size)), size);
    const x = fill("x", [batch, height, width, inChannels]);
    const filter = fill("filter", [kernelHeight, kernelWidth, inChannels, DEPTHWISE[kernel] ? 1 : outChannels]);
    const dy = fill("dy", outputShape(kernel, shape));
    const attributes = { strides: stride, pad, dataFormat: "NHWC", dilations: 1, dimRoundingMode: "floor" };
    const [inputShape, filterShape] = [x.shape, filter.shape];
    const call = (name: string, inputs: tf.NamedTensorMap, more = {}): number[] => {
      const y = tf.engine().runKernel(name, inputs, { ...attributes, ...more }) as tf.Tensor;
      return [...y.shape, ...y.dataSync()];
    };
    return [
      call(kernel, { x, filter }),
      call(`${kernel}BackpropInput`, { dy, filter }, { inputShape }),
      call(`${kernel}BackpropFilter`, { x, dy }, { filterShape }),
    ];
  });
}

describe.each(BUILDS)("the %s build", (build) => {
  it.each(["Conv2D", "DepthwiseConv2dNative"] as const)(
    "gives what the cpu backend gives for %s and its gradients, whatever the shape",
    async (kernel) => {
      await tf.setBackend("wasm");
      await prepareTraining({ build });
      await fc.assert(
        fc.asyncProperty(shapes, async (shape) => {
          fc.pre(outputShape(kernel, shape).every((size) => size > 0));
          await tf.setBackend("cpu");
          const expected = run(kernel, shape);
          await tf.setBackend("wasm");
          const before = tf.memory().numTensors;
          const actual = run(kernel, shape);
          expect(tf.memory().numTensors).toBe(before);
          for (const [i, values] of actual.entries()) {
            const reference = expected[i] ?? [];
            const largest = reference.slice(4).reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
            expectClose(values, reference, 2e-6 * Math.max(1, largest) * 4);
          }
        }),
        { numRuns: 60, seed: 5 },
      );
    },
  );
});
