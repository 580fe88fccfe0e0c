import type { PreparedBackend } from "@efficientnet/backends";
import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, withClasses } from "@efficientnet/specs";
import { type BatchPipeline, createTrainer, fit } from "@efficientnet/train";
import { openAnchor } from "../measure/anchor.js";
import { tfjsDevice } from "../measure/tfjs-device.js";
import type { Evaluate, EvaluateContext } from "../shards/outcome.js";
import { measureCosts } from "./measure-costs.js";
import { shortTraining, type TrainingEvaluation } from "./training-evaluation.js";

/** What candidates are trained on and with. */
export interface ShortAccuracyOptions {
  readonly backend: PreparedBackend;
  readonly evaluation: TrainingEvaluation;
  /** Pictures to train on, and others to judge by. */
  readonly train: BatchPipeline;
  readonly test: BatchPipeline;
}

export interface TrainingEvaluatorOptions extends ShortAccuracyOptions {
  /** The network that step times are relative to: the base of the space. */
  readonly reference: ArchitectureSpec;
}

/**
 * Evaluates candidates on this device by training each for a few epochs: `accuracy` on pictures held out, and the costs
 * of {@link measureCosts}. A candidate that diverges or is too much for the device is a failure; whether it was the
 * candidate or the device is told by a small network that must still run.
 */
export function trainingEvaluator({ reference, ...options }: TrainingEvaluatorOptions): Evaluate {
  const { backend, evaluation } = options;
  return async (candidate, context) => {
    const spec = withClasses(candidate.spec, evaluation.classes.length);
    try {
      const costs = await measureCosts(backend, spec, { ...evaluation, reference }, context);
      const accuracy = await shortAccuracy(options, spec, context);
      return { measured: { accuracy, ...costs } };
    } catch (error) {
      if (isEfficientNetError(error, "diverged")) return { failed: firstLine(error) };
      if (!isEfficientNetError(error, "backend-failed")) throw error;
      await (await openAnchor(tfjsDevice(backend))).run(1);
      return { failed: firstLine(error) };
    }
  };
}

const firstLine = ({ message }: Error) => message.split("\n")[0] ?? message;

/**
 * The accuracy that a network reaches in a short training, on the pictures held out.
 *
 * @throws `diverged`; `aborted`; as the pipelines and the backend do. Nothing stays on the device.
 */
export async function shortAccuracy(
  { backend, evaluation, train, test }: ShortAccuracyOptions,
  spec: ArchitectureSpec,
  { signal, onProgress }: EvaluateContext,
): Promise<number> {
  const { classes, imageSize, batchSize, seed, epochs } = evaluation;
  const trainer = await createTrainer({
    spec,
    labels: classes,
    settings: shortTraining(evaluation),
    guard: (run) => backend.guard(run),
  });
  try {
    await fit(trainer, {
      train,
      signal,
      onRow(row) {
        if (row.kind !== "step") return;
        onProgress?.(
          `epoch ${row.epoch + 1} of ${epochs}, ${row.imagesPerSecond.toFixed(0)} images/s, loss ${row.loss.toFixed(2)}`,
        );
      },
    });
    const settings = { imageSize, batchSize, regularisers: {} };
    const { accuracy } = await trainer.evaluate(test.epoch({ seed, epoch: 0, settings, training: false, signal }));
    return accuracy;
  } finally {
    trainer.dispose();
  }
}
