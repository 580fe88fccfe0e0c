import * as tf from "@tensorflow/tfjs-core";
import { crossEntropy } from "./loss.js";
import type { TrainingBatch } from "./training-batch.js";

/** How well a network does on pictures. */
export interface Evaluation {
  readonly pictures: number;
  /** Cross-entropy without label smoothing, mean over the pictures. */
  readonly loss: number;
  /** Share of pictures whose likeliest class is theirs. */
  readonly accuracy: number;
  /** Share of pictures whose class is among the five likeliest. */
  readonly top5: number;
}

/** One picture's answer, as evaluation goes. */
export interface Answer {
  /** Its index in the dataset. */
  readonly index: number;
  readonly label: number;
  readonly predicted: number;
  readonly logits: Float32Array;
}

/**
 * Sums up what a network answers.
 *
 * @param forward - the logits of a batch, `[N, classes]`; the tensor is disposed here
 */
export async function evaluateWith(
  forward: (batch: TrainingBatch) => tf.Tensor2D,
  batches: AsyncIterable<TrainingBatch> | Iterable<TrainingBatch>,
  onAnswer: (answer: Answer) => void = () => undefined,
): Promise<Evaluation> {
  const sums = { pictures: 0, loss: 0, correct: 0, amongFive: 0 };
  for await (const batch of batches) {
    const [size = 0] = batch.shape;
    const classes = batch.labels.length / size;
    const { answers, mean } = tf.tidy(() => {
      const logits = forward(batch);
      return { answers: logits, mean: crossEntropy(logits, tf.tensor2d(batch.labels, [size, classes])) };
    });
    const [values, [loss = Number.NaN]] = await Promise.all([answers.data(), mean.data()]);
    tf.dispose([answers, mean]);
    sums.loss += loss * size;
    sums.pictures += size;
    for (let i = 0; i < size; i++) {
      const logits = (values as Float32Array).slice(i * classes, (i + 1) * classes);
      const label = largest(batch.labels.subarray(i * classes, (i + 1) * classes));
      const predicted = largest(logits);
      sums.correct += predicted === label ? 1 : 0;
      sums.amongFive += logits.filter((value) => value > logits[label]!).length < 5 ? 1 : 0;
      onAnswer({ index: batch.indices[i]!, label, predicted, logits });
    }
  }
  const { pictures, loss, correct, amongFive } = sums;
  return { pictures, loss: loss / pictures, accuracy: correct / pictures, top5: amongFive / pictures };
}

function largest(values: Float32Array): number {
  return values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);
}
