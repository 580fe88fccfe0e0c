import { compareNetworks, formatDrift, openTrainingStep } from "@efficientnet/search";
import { writeAtomically } from "../files/write-atomically.js";
import type { Report } from "../report.js";
import { comparisonPage } from "./comparison-page.js";
import { formatComparison } from "./format-comparison.js";
import { namedNetwork } from "./named-network.js";
import { type DeviceOptions, openDevice } from "./open-device.js";

export interface CompareOptions extends DeviceOptions {
  readonly resolution?: number;
  readonly batch: number;
  readonly rounds: number;
  readonly warmUp: number;
  readonly training: boolean;
  readonly trainingBatch: number;
  readonly trainingRounds: number;
  readonly html?: string;
}

/** Networks side by side on this machine. */
export async function benchCompare(names: readonly string[], options: CompareOptions, report: Report): Promise<0> {
  const { batch, rounds, resolution, training, trainingBatch, html } = options;
  const networks = await Promise.all(names.map((name) => namedNetwork(name, resolution)));
  const { device, backend } = await openDevice(options);
  if (training && backend === null) report.note("the engine does not train: training is not timed");
  const comparison = await compareNetworks(device, networks, {
    ...{ batch, rounds, warmUpMs: options.warmUp, signal: report.signal },
    ...(training &&
      backend !== null && {
        training: {
          batch: trainingBatch,
          rounds: options.trainingRounds,
          open: ({ spec, imageSize }, pictures) => openTrainingStep(backend, spec, { imageSize, batch: pictures }),
        },
      }),
    onProgress: (fraction) => report.progress(`timing networks ${Math.floor(fraction * 100)} %`),
  });
  if (!comparison.drift.steady) report.warn(formatDrift(comparison.drift));
  if (html !== undefined) await writeAtomically(html, comparisonPage(comparison));
  report.answer(report.json ? JSON.stringify(comparison, null, 2) : formatComparison(comparison));
  return 0;
}
