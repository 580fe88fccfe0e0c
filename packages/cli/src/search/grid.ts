import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { contentHash, type GridResult, scalingGrid, searchScalingGrid, smallV2Spec } from "@efficientnet/nas";
import { shortAccuracy } from "@efficientnet/search";
import { keepResults } from "@efficientnet/search/node";
import { writeAtomically } from "../files/write-atomically.js";
import { checkBackend } from "../network/check-backend.js";
import type { Report } from "../report.js";
import { formatGrid, gridRow, RESOLUTION_STEP } from "./format-grid.js";
import { openPictures, preparePictures } from "./open-pictures.js";
import { readBase } from "./open-space.js";
import { type ShortTrainingOptions, trainOn } from "./train-on.js";

export interface GridOptions extends ShortTrainingOptions {
  /** What is scaled; the small EfficientNetV2 unless given. */
  readonly base?: string;
  readonly data: string;
  /** Distance between neighbouring bases, and how far their product may be from 2. */
  readonly step: number;
  readonly tolerance: number;
  readonly backend: string;
}

/** The grid search of compound scaling's bases: a network scaled by each, trained shortly. The same command resumes it. */
export async function searchGrid(
  folder: string,
  options: GridOptions,
  codeVersion: string,
  report: Report,
): Promise<0> {
  const { step, tolerance } = options;
  const { signal } = report;
  const dataset = await openPictures(options.data, options.perClass ?? null);
  const named = options.base === undefined ? smallV2Spec() : await readBase(options.base);
  const { evaluation, base } = trainOn(dataset, named, options);
  const grid = scalingGrid({ step, tolerance });
  await mkdir(folder, { recursive: true });
  const work = contentHash({ base, evaluation, step, tolerance, codeVersion });
  const { done, append } = await keepResults<GridResult>(join(folder, "grid.jsonl"), work);
  const backend = await prepareBackend(checkBackend(options.backend));
  const pictures = preparePictures(dataset, evaluation);
  let begun = done.length;
  try {
    const results = await searchScalingGrid(base, {
      ...{ grid, done, resolutionStep: RESOLUTION_STEP, onResult: append },
      ...(signal && { signal }),
      evaluate(spec, { alpha, beta, gamma }) {
        begun += 1;
        const now = `${begun} of ${grid.length}: alpha ${alpha}, beta ${beta}, gamma ${gamma}`;
        report.progress(now);
        const sized = { ...evaluation, imageSize: spec.resolution.eval };
        const onProgress = (text: string) => report.progress(`${now}: ${text}`);
        return shortAccuracy({ backend, evaluation: sized, ...pictures }, spec, { signal, onProgress });
      },
    });
    const rows = results.map((result) => gridRow(base, result));
    const file = { work, base, evaluation, results: rows };
    await writeAtomically(join(folder, "grid.json"), `${JSON.stringify(file, null, 2)}\n`);
    report.answer(report.json ? JSON.stringify(rows, null, 2) : formatGrid(rows));
    return 0;
  } finally {
    await pictures.close();
    backend.dispose();
  }
}
