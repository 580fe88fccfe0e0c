import { EfficientNetError } from "@efficientnet/errors";
import { type ExampleSet, formatExampleSet, type Match, nearestMean, nearestNeighbours } from "efficientnet/node";
import { readExamples } from "../examples/read-examples.js";
import type { ExitCode } from "../exit-code.js";
import { readLabels } from "../files/read-labels.js";
import { writeAtomically } from "../files/write-atomically.js";
import { formatMatches, formatPredictions } from "../format/format-answer.js";
import { type NetworkOptions, type OpenNetwork, openNetwork } from "../network/open-network.js";
import { answerEach, stopIfAborted } from "../pictures/answer-each.js";
import type { Report } from "../report.js";

export interface ClassifyOptions extends NetworkOptions {
  readonly labels?: string;
  readonly topK: number;
  readonly examples?: string;
  readonly neighbours?: number;
  readonly saveExamples?: string;
}

/** Says what pictures show: by the network's own classes, or by examples. */
export async function classify(
  pictures: readonly string[],
  options: ClassifyOptions,
  report: Report,
): Promise<ExitCode> {
  checkOptions(pictures, options);
  const labels = options.labels === undefined ? undefined : await readLabels(options.labels);
  const open = await openNetwork({ ...options, orShapes: options.examples === undefined }, report, labels);
  try {
    return options.examples === undefined
      ? await classifyByNetwork(pictures, open, options, report)
      : await classifyByExamples(pictures, open, options.examples, options, report);
  } finally {
    open.network.dispose();
  }
}

function checkOptions(pictures: readonly string[], options: ClassifyOptions): void {
  const { examples, neighbours, saveExamples } = options;
  const needsExamples = neighbours === undefined ? saveExamples && "--save-examples" : "--neighbours";
  if (needsExamples && examples === undefined) {
    throw new EfficientNetError("invalid-argument", `${needsExamples} needs examples`, { expected: "--examples DIR" });
  }
  if (pictures.length === 0 && saveExamples === undefined) {
    throw new EfficientNetError("invalid-argument", "which pictures?", { expected: "IMAGE..." });
  }
}

function classifyByNetwork(
  pictures: readonly string[],
  { network }: OpenNetwork,
  { topK, maxPixels }: ClassifyOptions,
  report: Report,
): Promise<ExitCode> {
  if (network.spec.head.classes === null) {
    throw new EfficientNetError("unsupported", "these weights have no classifier", {
      hint: "give examples of each class, one folder for each: --examples DIR",
    });
  }
  return answerEach(pictures, { maxPixels }, report, async (picture, file) => {
    const predictions = await network.classify(picture, { topK, maxPixels, signal: report.signal });
    return report.json ? JSON.stringify({ file, predictions }) : formatPredictions(file, predictions);
  });
}

async function classifyByExamples(
  pictures: readonly string[],
  open: OpenNetwork,
  source: string,
  { topK, neighbours, saveExamples, maxPixels }: ClassifyOptions,
  report: Report,
): Promise<ExitCode> {
  const set = await readExamples(source, open, { maxPixels }, report);
  stopIfAborted(report);
  if (saveExamples !== undefined) await writeAtomically(saveExamples, formatExampleSet(set));
  return answerEach(pictures, { maxPixels }, report, async (picture, file) => {
    const embedding = await open.network.embed(picture, { maxPixels, signal: report.signal });
    const matches = nearest(set, embedding, neighbours).slice(0, topK);
    return report.json ? JSON.stringify({ file, matches }) : formatMatches(file, matches);
  });
}

function nearest(set: ExampleSet, embedding: Float32Array, neighbours: number | undefined): readonly Match[] {
  return neighbours === undefined ? nearestMean(set, embedding) : nearestNeighbours(set, embedding, neighbours);
}
