import { readFile } from "node:fs/promises";
import type { Schedule } from "@efficientnet/progressive";
import { relativePixels } from "@efficientnet/progressive";
import type { EpochRow, MetricsRow, StepRow } from "@efficientnet/train";
import { writeAtomically } from "../files/write-atomically.js";
import { type Chart, chartsHtml } from "../html/chart.js";
import { confusionHtml } from "../html/confusion.js";
import { formatPage, type Section } from "../html/page.js";
import { type AnsweredPicture, picturesHtml } from "../html/pictures.js";
import { tableHtml } from "../html/table.js";
import type { TestResult } from "./evaluation.js";
import { readRows } from "./metrics-file.js";
import { formatDuration, percent } from "./progress-line.js";
import type { RunConfig, RunFolder } from "./run-folder.js";

/** Steps beyond which a curve shows means of several. */
const MOST_POINTS = 400;

/**
 * Writes the report of a run from its files.
 *
 * @param thumbnail - a picture of the test set by name, as a data URI
 */
export async function writeReport(
  run: RunFolder,
  config: RunConfig,
  thumbnail: (name: string) => Promise<string>,
): Promise<void> {
  const rows = await readRows(run.metrics);
  const test = await readFile(run.evaluation, "utf8").then(
    (text) => JSON.parse(text) as TestResult,
    () => undefined,
  );
  const pictures: AnsweredPicture[] = [];
  for (const example of test?.examples ?? []) pictures.push({ ...example, source: await thumbnail(example.name) });
  await writeAtomically(run.report, reportPage({ config, rows, test, pictures }));
}

/** What a report is made of. */
interface ReportParts {
  readonly config: RunConfig;
  readonly rows: readonly MetricsRow[];
  readonly test?: TestResult | undefined;
  readonly pictures: readonly AnsweredPicture[];
}

/** The report of a training as one HTML file. */
function reportPage({ config, rows, test, pictures }: ReportParts): string {
  const { schedule, seed } = config.settings;
  const epochs = rows.filter((row) => row.kind === "epoch");
  const last = epochs.at(-1);
  const sections: Section[] = [
    { title: "Curves", body: chartsHtml(curves(rows, schedule)) },
    { title: "Schedule", body: scheduleTable(schedule) },
  ];
  if (test !== undefined) {
    sections.push({ title: "What test pictures were taken for", body: confusionHtml(test.classes, test.confusion) });
    if (pictures.length > 0) sections.push({ title: "Test pictures", body: picturesHtml(pictures) });
  }
  const accuracy = test?.accuracy ?? last?.test?.accuracy;
  return formatPage({
    title: `${config.network}, ${config.classes.length} classes`,
    summary: `Trained on ${config.backend} from ${config.data.folder}, seed ${seed}.`,
    figures: [
      ...(accuracy === undefined ? [] : [["test accuracy", percent(accuracy)] as const]),
      ["epochs", `${epochs.length} of ${schedule.at(-1)?.end ?? 0}${schedule[0]?.unit === "steps" ? " steps" : ""}`],
      ["time", formatDuration(timeOf(epochs))],
      ["images/s", last === undefined ? "" : last.imagesPerSecond.toFixed(0)],
      ["of the pixels of one size", percent(relativePixels(schedule))],
    ],
    sections,
  });
}

/** Seconds count from each start of the run anew, so the last of each start are added up. */
function timeOf(epochs: readonly EpochRow[]): number {
  return epochs.reduce((sum, { seconds }, i) => {
    const next = epochs[i + 1];
    return next === undefined || next.seconds < seconds ? sum + seconds : sum;
  }, 0);
}

function curves(rows: readonly MetricsRow[], schedule: Schedule): readonly Chart[] {
  const steps = thin(rows.filter((row) => row.kind === "step"));
  const epochs = rows.filter((row) => row.kind === "epoch");
  const x = { label: "step", values: steps.map(({ step }) => step) };
  const byEpoch = { label: "epoch", values: epochs.map(({ epoch }) => epoch + 1) };
  const stageOf = (row: StepRow) => schedule[row.stage];
  const names = Object.keys(schedule[0]?.regularisers ?? {}).filter((name) =>
    schedule.some(({ regularisers }) => regularisers[name] !== 0),
  );
  return [
    {
      title: "Loss",
      x: byEpoch,
      series: [
        { label: "training", values: epochs.map(({ loss }) => loss) },
        { label: "test", values: epochs.map(({ test }) => test?.loss ?? null) },
      ],
    },
    {
      title: "Accuracy",
      unit: "percent",
      x: byEpoch,
      series: [
        { label: "training", values: epochs.map(({ accuracy }) => accuracy) },
        { label: "test", values: epochs.map(({ test }) => test?.accuracy ?? null) },
      ],
    },
    { title: "Loss of each step", x, series: [{ label: "loss", values: steps.map(({ loss }) => loss) }] },
    {
      title: "Learning rate",
      x,
      series: [{ label: "learning rate", values: steps.map(({ learningRate }) => learningRate) }],
    },
    {
      title: "Image size",
      x,
      series: [{ label: "pixels", values: steps.map(({ imageSize }) => imageSize), stepped: true }],
    },
    ...names.map(
      (name): Chart => ({
        title: name,
        x,
        series: [{ label: name, values: steps.map((row) => stageOf(row)?.regularisers[name] ?? null), stepped: true }],
      }),
    ),
    {
      title: "Images per second",
      x,
      series: [{ label: "images/s", values: steps.map(({ imagesPerSecond }) => imagesPerSecond) }],
    },
  ];
}

function thin(steps: readonly StepRow[]): readonly StepRow[] {
  const every = Math.ceil(steps.length / MOST_POINTS);
  if (every <= 1) return steps;
  return steps.flatMap((row, i) => {
    if ((i + 1) % every !== 0) return [];
    const group = steps.slice(i + 1 - every, i + 1);
    return [{ ...row, loss: group.reduce((sum, { loss }) => sum + loss, 0) / group.length }];
  });
}

function scheduleTable(schedule: Schedule): string {
  const names = Object.keys(schedule[0]?.regularisers ?? {});
  const digits = (value: number) => String(Number(value.toPrecision(5)));
  return tableHtml(
    ["stage", schedule[0]?.unit ?? "epochs", "image size", "batch", "peak learning rate", ...names],
    schedule.map(({ index, start, end, imageSize, batchSize, learningRate, regularisers }) => [
      String(index + 1),
      `${start}–${end}`,
      ...[imageSize, batchSize, learningRate, ...names.map((name) => regularisers[name] ?? Number.NaN)].map(digits),
    ]),
  );
}
