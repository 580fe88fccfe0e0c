import { smallV2Spec } from "@efficientnet/nas";
import type { Scratch } from "./scratch.js";

/** Writes a small network and a quick recipe, and answers with the arguments that name them. */
export function smallTraining(scratch: Scratch): readonly string[] {
  const model = scratch.write("network.json", JSON.stringify(smallV2Spec({ imageSize: 24, classes: 3 })));
  const training = {
    optimiser: { kind: "adamw", beta1: 0.9, beta2: 0.99, epsilon: 1e-7 },
    learningRate: { kind: "constant", warmUp: 0 },
    average: null,
    schedule: {
      name: "quick",
      stages: 2,
      ramp: { imageSize: "both-ends", regularisers: "both-ends" },
      duration: { unit: "epochs", length: 8 },
      imageSize: { from: 16, to: 24, rounding: { multipleOf: 8, towards: "nearest" } },
      regularisers: { mixupAlpha: { from: 0, to: 0.1 }, dropoutRate: { from: 0, to: 0.1 } },
      batchSize: 4,
      learningRate: 0.003,
    },
  };
  const recipe = scratch.write("recipe.json", JSON.stringify({ training, batches: { crop: "whole" } }));
  return ["--model", model, "--recipe", recipe, "--backend", "wasm"];
}
