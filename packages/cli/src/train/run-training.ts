import { isEfficientNetError } from "@efficientnet/errors";
import { type EpochRow, fit, type MetricsRow, type StageRow, type Trainer } from "@efficientnet/train";
import { storeCheckpoint } from "@efficientnet/train/node";
import { writeAtomically } from "../files/write-atomically.js";
import type { Report } from "../report.js";
import { gatherAnswers, type TestResult } from "./evaluation.js";
import { appendRow } from "./metrics-file.js";
import type { Data, Pipelines } from "./open-data.js";
import { epochLine, progressLine } from "./progress-line.js";
import { writeReport } from "./report-page.js";
import type { RunConfig, RunFolder } from "./run-folder.js";
import { thumbnails } from "./thumbnails.js";

/** A run with all that it needs in memory. */
export interface OpenRun {
  readonly run: RunFolder;
  readonly config: RunConfig;
  readonly trainer: Trainer;
  readonly data: Data;
  readonly pipelines: Pipelines;
}

/**
 * Trains a run to its end, or to where it is interrupted, and leaves its files behind: metrics as they come, checkpoints,
 * the network, its answers to the test pictures, the report.
 *
 * @throws `aborted` when interrupted, after saying how to go on; else what `fit` throws.
 */
export async function runTraining(open: OpenRun, report: Report): Promise<TestResult> {
  const { run, config, trainer, data, pipelines } = open;
  const { schedule } = config.settings;
  const size = trainer.preprocess?.size ?? schedule.at(-1)?.imageSize ?? 0;
  const thumbnail = thumbnails(data.test);
  try {
    await fit(trainer, {
      ...pipelines,
      signal: report.signal,
      onRow: rowListener(open, report),
      saveCheckpoint: (bytes) => storeCheckpoint(run.checkpoint, bytes),
      checkpointEvery: 60,
    });
  } catch (error) {
    await writeReport(run, config, thumbnail);
    if (isEfficientNetError(error, "aborted")) sayHowToGoOn(run, trainer, report);
    throw error;
  }
  const gathered = gatherAnswers(config.classes, data.test.name);
  const settings = { imageSize: size, batchSize: Math.min(64, schedule.at(-1)?.batchSize ?? 64), regularisers: {} };
  report.progress("testing");
  const result = gathered.result(
    await trainer.evaluate(pipelines.test.epoch({ seed: 0, epoch: 0, settings, training: false }), gathered.add),
  );
  await writeAtomically(run.model, await trainer.weights());
  await writeAtomically(run.evaluation, `${JSON.stringify(result)}\n`);
  await writeReport(run, config, thumbnail);
  return result;
}

/** Keeps every row, and shows what people want to see of it. */
function rowListener({ run, config, pipelines }: OpenRun, report: Report): (row: MetricsRow) => void {
  const epochs = epochsOf(config);
  let stage: StageRow["stage"] | undefined;
  const said = new Set<string>();
  return (row) => {
    appendRow(run.metrics, row);
    if (row.kind === "stage") stage = row.stage;
    if (row.kind === "step") report.progress(progressLine(row, epochs, stage?.regularisers ?? {}));
    if (row.kind === "epoch") sayEpoch(row, epochs, report);
    for (const { name, reason } of pipelines.train.skipped.concat(pipelines.test.skipped)) {
      if (said.has(name)) continue;
      said.add(name);
      report.warn(`${name} is left out: ${reason.split("\n")[0]}`);
    }
  };
}

function sayEpoch(row: EpochRow, epochs: number, report: Report): void {
  if (report.json) report.answer(JSON.stringify(row));
  else report.answer(epochLine(row, epochs));
}

/** How many epochs a run takes; of one that counts in steps, its steps. */
function epochsOf({ settings }: RunConfig): number {
  return settings.schedule.at(-1)?.end ?? 0;
}

function sayHowToGoOn({ folder }: RunFolder, { position }: Trainer, report: Report): void {
  const { epoch, step } = position;
  report.warn(`stopped in epoch ${epoch + 1}, after ${step} steps; efficientnet resume ${folder} goes on from there`);
}
