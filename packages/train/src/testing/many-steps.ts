import * as tf from "@tensorflow/tfjs-core";
import { createTrainer } from "../create-trainer.js";
import { TINY_SETTINGS } from "./settings.js";
import { tinyNetwork } from "./tiny-network.js";

/** What the device holds. */
export type Held = Pick<tf.MemoryInfo, "numTensors" | "numBytes" | "numDataBuffers">;

const held = (): Held => {
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  return { numTensors, numBytes, numDataBuffers };
};

/** What the active backend holds after the first step of a training, after the last, and when all is disposed. */
export async function holdsOver(steps: number): Promise<readonly [first: Held, last: Held, end: Held]> {
  const { spec, labels } = tinyNetwork();
  const [, , stage] = spec.stages;
  const trainer = await createTrainer({
    spec: {
      ...spec,
      stem: { ...spec.stem, channels: 4 },
      stages: [{ ...stage!, inChannels: 4, outChannels: 4, expandRatio: 1, stride: 1, repeats: 1 }],
      head: { channels: 4, classes: 3 },
    },
    labels,
    settings: { ...TINY_SETTINGS, clipNorm: 1 },
  });
  const batch = {
    images: Float32Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => Math.sin(i)),
    shape: [2, 4, 4, 3],
    labels: Float32Array.of(1, 0, 0, 0, 1, 0),
    indices: [0, 1],
  } as const;
  await trainer.step(batch, { learningRate: 0.01 });
  const first = held();
  for (let step = 1; step < steps; step++) await trainer.step(batch, { learningRate: 0.01 });
  const last = held();
  trainer.dispose();
  return [first, last, held()];
}
