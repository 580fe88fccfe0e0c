import type { PreparedBackend } from "@efficientnet/backends";
import { isEfficientNetError } from "@efficientnet/errors";
import type { Measured } from "@efficientnet/nas";
import { type ArchitectureSpec, countMacs, countParameters, withClasses } from "@efficientnet/specs";
import { type BatchPipeline, createTrainer, fit } from "@efficientnet/train";
import { openAnchor } from "../measure/anchor.js";
import type { Task } from "../measure/task.js";
import { tfjsDevice } from "../measure/tfjs-device.js";
import { timeInTurns } from "../measure/time-in-turns.js";
import type { Evaluate, EvaluateContext } from "../shards/outcome.js";
import { shortTraining, type TrainingEvaluation } from "./training-evaluation.js";
import { openTrainingStep } from "./training-step-task.js";

/** What candidates are trained on and with. */
export interface TrainingEvaluatorOptions {
  readonly backend: PreparedBackend;
  readonly evaluation: TrainingEvaluation;
  /** Pictures to train on, and others to judge by. */
  readonly train: BatchPipeline;
  readonly test: BatchPipeline;
}

/**
 * Evaluates candidates on this device by training each for a few epochs: `accuracy` on pictures held out; `stepTime` and
 * `latency` in milliseconds, warm, the median of turns with an anchor network in between, whose time is `anchor`;
 * `parameters` and `macs` by count. A candidate that diverges or is too much for the device is a failure; whether it was
 * the candidate or the device is told by the anchor.
 */
export function trainingEvaluator({ backend, evaluation, train, test }: TrainingEvaluatorOptions): Evaluate {
  return async (candidate, context) => {
    const spec = withClasses(candidate.spec, evaluation.classes.length);
    try {
      const costs = await measureCosts(backend, spec, evaluation, context);
      const accuracy = await shortAccuracy({ backend, evaluation, train, test }, spec, context);
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

/** Costs of a network by count and by the clock: a step and an inference in turns, 7 rounds. */
export async function measureCosts(
  backend: PreparedBackend,
  spec: ArchitectureSpec,
  { imageSize, batchSize }: Pick<TrainingEvaluation, "imageSize" | "batchSize">,
  { signal }: EvaluateContext = {},
): Promise<Measured> {
  const device = tfjsDevice(backend);
  const tasks: Task[] = [];
  try {
    const anchor = await openAnchor(device);
    tasks.push(anchor);
    tasks.push(await device.openNetwork(spec, { imageSize, batch: 1 }));
    tasks.push(await openTrainingStep(backend, spec, { imageSize, batch: batchSize }));
    const { spreads, drift } = await timeInTurns(tasks.slice(1), anchor, { rounds: 7, warmUpMs: 20, signal });
    const [latency, stepTime] = spreads.map((spread) => spread.median);
    return {
      stepTime: stepTime ?? Number.NaN,
      latency: latency ?? Number.NaN,
      parameters: countParameters(spec).trainable,
      macs: countMacs(spec, imageSize).total,
      anchor: drift.anchorMs,
    };
  } finally {
    for (const task of tasks) task.dispose();
  }
}

/**
 * The accuracy that a network reaches in a short training, on the pictures held out.
 *
 * @throws `diverged`; `aborted`; as the pipelines and the backend do. Nothing stays on the device.
 */
export async function shortAccuracy(
  { backend, evaluation, train, test }: TrainingEvaluatorOptions,
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
