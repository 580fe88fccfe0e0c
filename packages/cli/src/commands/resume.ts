import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { EfficientNetError } from "@efficientnet/errors";
import { describeCheckpoint, resumeTrainer } from "@efficientnet/train";
import type { ExitCode } from "../exit-code.js";
import { checkBackend } from "../network/check-backend.js";
import type { Report } from "../report.js";
import { sayResult } from "../train/format-result.js";
import { dropRowsAfter } from "../train/metrics-file.js";
import { openData, openPipelines } from "../train/open-data.js";
import { readConfig, runFolder } from "../train/run-folder.js";
import { runTraining } from "../train/run-training.js";

export interface ResumeOptions {
  readonly backend?: string;
}

/** Goes on with a run from its last checkpoint, as if it had never stopped. */
export async function resume(folder: string, options: ResumeOptions, report: Report): Promise<ExitCode> {
  const run = runFolder(resolve(folder));
  const config = await readConfig(run);
  const bytes = await readFile(run.checkpoint);
  const { position, settings } = await describeCheckpoint(bytes);
  const data = await openData(config.data, settings.seed);
  checkPictures(data.train.classes, config.classes);
  const backend = await prepareBackend(checkBackend(options.backend ?? config.backend));
  const trainer = await resumeTrainer(bytes, { labels: data.train.classes, guard: backend.guard });
  if (trainer.preprocess === null)
    throw new EfficientNetError("wrong-file", `${run.checkpoint} does not say how pictures are prepared`);
  const pipelines = openPipelines(data, config.batches, trainer.preprocess);
  try {
    await dropRowsAfter(run.metrics, position.step);
    if (backend.name !== config.backend) {
      report.warn(`the run began on ${config.backend}: on ${backend.name} its numbers differ in the last digits`);
    }
    report.note(`from epoch ${position.epoch + 1}, step ${position.step}, on ${backend.description}`);
    sayResult(run, await runTraining({ run, config, trainer, data, pipelines }, report), report);
    return 0;
  } finally {
    await pipelines.close();
    trainer.dispose();
    backend.dispose();
  }
}

function checkPictures(found: readonly string[], trained: readonly string[]): void {
  if (found.join("\n") === trained.join("\n")) return;
  throw new EfficientNetError("weights-mismatch", "the folder has other classes than the run was trained on", {
    expected: trained.slice(0, 8).join(", "),
    received: found.slice(0, 8).join(", "),
    hint: "put the pictures back, or start a new run with --from its model.safetensors",
  });
}
