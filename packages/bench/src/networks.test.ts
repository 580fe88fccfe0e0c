import { disposeParams, foldBatchNorm, loadParams, logits } from "@efficientnet/model";
import { type ArchitectureSpec, getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import { InferenceSession, Tensor } from "onnxruntime-web";
import { beforeAll, describe, expect, it } from "vitest";
import { relativeDifference } from "./comparison.js";
import { makeTask } from "./make-task.js";
import { toNchw } from "./onnx/layouts.js";
import { INPUT, networkToOnnx, OUTPUT } from "./onnx/network-to-onnx.js";
import { encodeOnnx } from "./onnx/onnx-file.js";
import { AGREEMENT } from "./race.js";
import { stockLogits } from "./stock-network.js";
import { inputOf, inputShape, readerOf, type Task } from "./task.js";

const net = getSpec("test-efficientnet");
let task: Task;

/** Both forms of the parameters of a spec that has the task's tensors. */
const forms = (spec: ArchitectureSpec) => {
  const [shapes, read] = [tensorShapes(spec), readerOf(task)];
  return { separate: { shapes, read }, folded: foldBatchNorm(shapes, read, spec.batchNorm.epsilon) };
};

async function answer(
  spec: ArchitectureSpec,
  form: "folded" | "separate",
  network: typeof stockLogits,
): Promise<Float32Array> {
  const { shapes, read } = forms(spec)[form];
  const params = await loadParams(shapes, read);
  const x = tf.tensor4d(inputOf(task), inputShape(task));
  try {
    const y = network(spec, params, x);
    const values = (await y.data()) as Float32Array;
    y.dispose();
    return values;
  } finally {
    x.dispose();
    disposeParams(params);
  }
}

const ours = (spec: ArchitectureSpec) => answer(spec, "folded", logits);

async function onnxAnswer(spec: ArchitectureSpec): Promise<Float32Array> {
  const [n, height, width, channels] = inputShape(task);
  const model = encodeOnnx(networkToOnnx(spec, forms(spec).folded, n, height));
  const session = await InferenceSession.create(model, { executionProviders: ["wasm"] });
  const x = new Tensor("float32", toNchw(inputOf(task), inputShape(task)), [n, channels, height, width]);
  const answers = await session.run({ [INPUT]: x });
  await session.release();
  return answers[OUTPUT]?.data as Float32Array;
}

beforeAll(async () => {
  await tf.setBackend("wasm");
  task = await makeTask({ model: net.name, batch: 2, size: 63, seed: 1 });
});

describe("makeTask", () => {
  it("brings the statistics of every batch norm, and leaves no tensor behind", async () => {
    const norms = tensorShapes(net).filter(({ role }) => role === "mean" || role === "variance");
    expect(Object.keys(task.statistics).sort()).toEqual(norms.map(({ name }) => name).sort());
    await expectNoLeaks(() => makeTask({ model: net.name, batch: 1, size: 32, seed: 2 }));
  });

  it("gives logits of a sane scale", async () => {
    const values = await ours(net);
    const scale = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    expect(scale).toBeGreaterThan(0.01);
    expect(scale).toBeLessThan(10);
  });
});

describe("the network in stock tfjs operations", () => {
  it.each(["folded", "separate"] as const)("computes our logits with batch norm %s", async (form) => {
    expect(relativeDifference(await answer(net, form, stockLogits), await ours(net))).toBeLessThan(AGREEMENT);
  });

  it.each(["folded", "separate"] as const)("computes ReLU6 too, with batch norm %s", async (form) => {
    const spec = { ...net, activation: "relu6" } as const;
    expect(relativeDifference(await answer(spec, form, stockLogits), await ours(spec))).toBeLessThan(AGREEMENT);
  });

  it("leaves no tensor behind but its answer", async () => {
    await expectNoLeaks(() => answer(net, "folded", stockLogits));
  });

  it("refuses a network that it does not know how to write", () => {
    expect(() =>
      stockLogits({ ...net, activation: "mish" }, new Map(), tf.tensor4d([], [0, 0, 0, 3])),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: test-efficientnet is not written in stock tfjs operations here
        expected: SiLU or ReLU6, and ordinary convolutions]
    `);
  });
});

describe("the network as an ONNX file", () => {
  it.each([
    { change: "as it is" },
    { change: "with TensorFlow's padding", padding: "same" },
    { change: "with relu", activation: "relu" },
    { change: "with relu6", activation: "relu6" },
    { change: "with hard-swish", activation: "hard-swish" },
    { change: "with mish", activation: "mish" },
  ] as const)("computes our logits in ONNX Runtime, $change", async ({ change: _, ...changes }) => {
    const spec = { ...net, ...changes };
    expect(relativeDifference(await onnxAnswer(spec), await ours(spec))).toBeLessThan(AGREEMENT);
  });

  it("shows the difference that padding makes, so the comparison can fail", async () => {
    const other = await onnxAnswer({ ...net, padding: "same" });
    expect(relativeDifference(other, await ours(net))).toBeGreaterThan(100 * AGREEMENT);
  });

  it("is refused for kernels mixed per picture and for a network without classifier", () => {
    const condConv = getSpec("efficientnet-condconv-b0-4e");
    expect(() => networkToOnnx(condConv, forms(condConv).folded, 1, 64)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: efficientnet-condconv-b0-4e mixes its kernels per picture, which is not written as ONNX]`,
    );
    const headless = withClasses(net, null);
    expect(() => networkToOnnx(headless, forms(headless).folded, 1, 64)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: test-efficientnet has no classifier, so it has no logits]`,
    );
  });
});
