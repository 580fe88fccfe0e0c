import type { Recipe } from "@efficientnet/progressive";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import { beforeAll, describe, expect, it } from "vitest";
import { createPipeline, createTrainer, fit, type MetricsRow, type TrainingOptions } from "./index.js";
import { halfSpec } from "./testing/half-spec.js";
import shapesDataset from "./testing/shapes-dataset.js";
import { tinyNetwork } from "./testing/tiny-network.js";

const RECIPE: Recipe = {
  name: "tiny",
  stages: 2,
  ramp: { imageSize: "both-ends", regularisers: "both-ends" },
  duration: { unit: "epochs", length: 4 },
  imageSize: { from: 16, to: 32, rounding: null },
  regularisers: { dropoutRate: { from: 0.1, to: 0.2 }, randAugmentMagnitude: { from: 0, to: 0 } },
  batchSize: 8,
  learningRate: 0.01,
};

const SETTINGS: TrainingOptions = {
  schedule: RECIPE,
  learningRate: { kind: "cosine", floor: 0, warmUp: 0.5 },
  average: { decay: 0.9, warmUp: true },
};

beforeAll(async () => {
  await tf.setBackend("cpu");
});

describe("fit", () => {
  it("learns", async () => {
    const trainer = await createTrainer({ ...tinyNetwork(), settings: SETTINGS });
    const options = { preprocess: halfSpec(32), flip: true };
    const train = createPipeline(shapesDataset({ length: 48, side: 32 }), options);
    const test = createPipeline(shapesDataset({ length: 24, side: 32 }), options);
    const rows: MetricsRow[] = [];
    const result = await fit(trainer, { train, test, onRow: (row) => void rows.push(row) });
    console.log(rows.filter((r) => r.kind === "epoch"), result);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(0);
  });
});
