import type { PreparedBackend } from "@efficientnet/backends";
import { seededRandom } from "@efficientnet/random";
import { type ArchitectureSpec, withClasses } from "@efficientnet/specs";
import { createTrainer } from "@efficientnet/train";
import type { InputOptions } from "../measure/device.js";
import type { Task } from "../measure/task.js";
import { shortTraining } from "./training-evaluation.js";

/**
 * A training step as a task: forward and backward pass, AdamW and batch-norm statistics, from pictures in memory. The
 * pictures are noise, for times do not depend on them, and the learning rate is 0, so that it can go on for ever.
 */
export async function openTrainingStep(
  backend: PreparedBackend,
  spec: ArchitectureSpec,
  { imageSize, batch }: InputOptions,
): Promise<Task> {
  const classes = spec.head.classes ?? 10;
  const labels = Array.from({ length: classes }, (_, index) => `class ${index}`);
  const settings = shortTraining({ imageSize, epochs: 1, batchSize: batch, learningRate: 1, seed: 0 });
  const trainer = await backend.guard(() =>
    createTrainer({ spec: withClasses(spec, classes), labels, settings, guard: (run) => backend.guard(run) }),
  );
  const random = seededRandom("pictures");
  const pictures = {
    images: Float32Array.from({ length: batch * imageSize * imageSize * 3 }, () => 2 * random() - 1),
    labels: Float32Array.from({ length: batch * classes }, (_, i) =>
      i % classes === Math.floor(i / classes) % classes ? 1 : 0,
    ),
    shape: [batch, imageSize, imageSize, 3] as const,
    indices: Array.from({ length: batch }, (_, index) => index),
  };
  return {
    name: `training step of ${spec.name}`,
    async run(times) {
      for (let i = 0; i < times; i++) await trainer.step(pictures, { learningRate: 0 });
    },
    dispose: () => trainer.dispose(),
  };
}
