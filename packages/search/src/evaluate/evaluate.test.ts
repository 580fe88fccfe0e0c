import { prepareBackend } from "@efficientnet/backends";
import { smallTrainingAwareSpace, smallV2Spec } from "@efficientnet/nas";
import { countMacs, countParameters } from "@efficientnet/specs";
import { createPipeline, generatedDataset } from "@efficientnet/train";
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { measureCosts } from "./measure-costs.js";
import type { TrainingEvaluation } from "./training-evaluation.js";
import { trainingEvaluator } from "./training-evaluator.js";

const SIZE = 16;
const classes = ["dark", "light"];
const spec = smallV2Spec({ imageSize: SIZE, classes: 2 });

/** Dark and light squares, in turns. */
const squares = (shift: number) =>
  createPipeline(
    generatedDataset({
      classes,
      length: 16,
      label: (index) => index % 2,
      picture: (index) => ({
        data: new Uint8ClampedArray(SIZE * SIZE * 3).fill((index % 2 === 0 ? 30 : 200) + shift + index),
        width: SIZE,
        height: SIZE,
        channels: 3,
      }),
    }),
    {
      crop: "whole",
      workers: 0,
      preprocess: {
        size: SIZE,
        fit: { mode: "squash", resizeTo: SIZE },
        filter: "bilinear",
        method: "pillow",
        mean: [0.5, 0.5, 0.5],
        std: [0.5, 0.5, 0.5],
      },
    },
  );

const evaluation: TrainingEvaluation = {
  kind: "training",
  ...{ imageSize: SIZE, epochs: 2, batchSize: 8, learningRate: 1e-3, seed: 0, holdOut: 0.5 },
  ...{ classes, perClass: null, pictures: 32 },
};

const candidate = { number: 0, network: "0", genotype: [], spec, seed: 0 };

describe("measureCosts", () => {
  it("counts exactly, times in turns with the reference, and leaves nothing on the device", async () => {
    const backend = await prepareBackend("wasm");
    const before = tf.memory().numTensors;
    const costs = await measureCosts(backend, spec, { imageSize: SIZE, batchSize: 2, reference: spec });
    expect(costs).toMatchObject({ parameters: countParameters(spec).trainable, macs: countMacs(spec, SIZE).total });
    for (const name of ["stepTime", "stepRatio", "latency", "anchor"]) expect(costs[name]).toBeGreaterThan(0);
    expect(tf.memory().numTensors).toBe(before);
    backend.dispose();
  });
});

describe("trainingEvaluator", () => {
  it("trains a candidate and says what it reached and costs; nothing stays on the device", async () => {
    const backend = await prepareBackend("wasm");
    const before = tf.memory().numTensors;
    const pictures = { train: squares(0), test: squares(3) };
    const { base: reference } = smallTrainingAwareSpace({ imageSize: SIZE, classes: 2 });
    const told: string[] = [];
    const evaluate = trainingEvaluator({ backend, evaluation, reference, ...pictures });
    const outcome = await evaluate(candidate, { onProgress: (text) => told.push(text) });
    const { accuracy = Number.NaN } = "measured" in outcome ? outcome.measured : {};
    expect(accuracy * 16).toBeCloseTo(Math.round(accuracy * 16), 9);
    expect(told.at(-1)).toMatch(/^epoch 2 of 2, \d+ images\/s, loss \d+\.\d\d$/);
    expect(tf.memory().numTensors).toBe(before);
    backend.dispose();
  });

  it("takes a training that diverges for a failure of the candidate", async () => {
    const backend = await prepareBackend("wasm");
    const pictures = { train: squares(0), test: squares(3) };
    const hot = { ...evaluation, learningRate: 1e30 };
    const outcome = await trainingEvaluator({ backend, evaluation: hot, reference: spec, ...pictures })(candidate, {});
    expect("failed" in outcome && outcome.failed).toMatch(/^the loss is (NaN|Infinity) at step \d+: the first values/);
    backend.dispose();
  });

  it("hands on that it was interrupted, which is no verdict on the candidate", async () => {
    const backend = await prepareBackend("wasm");
    const pictures = { train: squares(0), test: squares(3) };
    const evaluate = trainingEvaluator({ backend, evaluation, reference: spec, ...pictures });
    const interrupted = evaluate(candidate, { signal: AbortSignal.abort() });
    await expect(interrupted).rejects.toMatchObject({ code: "aborted" });
    backend.dispose();
  });
});
