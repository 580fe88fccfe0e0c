import { stat } from "node:fs/promises";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import { type Checkpoint, readCheckpoint } from "@efficientnet/weights";
import { resolveModel } from "efficientnet/node";
import { inFile } from "../files/in-file.js";
import { readHeader } from "../files/read-header.js";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readText } from "../files/read-text.js";
import { readWeights } from "../files/read-weights.js";
import { formatParts } from "../format/format-parts.js";
import { formatPreprocess } from "../format/format-preprocess.js";
import { formatFields } from "../format/format-table.js";
import { formatWeights } from "../format/format-weights.js";
import { describeWeights } from "../network/describe-weights.js";
import { measureParts } from "../network/measure-parts.js";
import type { Report } from "../report.js";

export interface InspectOptions {
  /** Side of the input in pixels, in place of the one the network is evaluated with. */
  readonly resolution?: number;
  readonly batch: number;
  readonly blocks?: boolean;
}

/** What a network is and costs, or what a weights file holds. */
export async function inspect(name: string, options: InspectOptions, report: Report): Promise<0> {
  if (await isWeightsFile(name)) return inspectWeights(name, report);
  const { spec, preprocess } = await resolveModel(isSpecFile(name) ? await readSpec(name) : name, null);
  return inspectNetwork(spec, preprocess, options, report);
}

/** Anything that is a file, and names that can only be meant as one; of JSON files those that name weights. */
async function isWeightsFile(name: string): Promise<boolean> {
  if (isSpecFile(name)) return /"(weight_map|weightsManifest)"/.test(await readText(name, "spec"));
  if (/\.(safetensors|pth?|h5|keras|tflite|ckpt|bin|index)$|^(hf|https?):/i.test(name)) return true;
  return (await isFile(name)) || isFile(`${name}.index`);
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}

async function inspectWeights(file: string, report: Report): Promise<0> {
  const description = await inFile(file, async () => describeWeights(await openCheckpoint(file, report)));
  report.answer(report.json ? JSON.stringify({ file, ...description }, null, 2) : formatWeights(file, description));
  return 0;
}

async function openCheckpoint(file: string, report: Report): Promise<Checkpoint> {
  return (await readHeader(file, report)) ?? readCheckpoint(await readWeights(file, report));
}

function inspectNetwork(
  spec: ArchitectureSpec,
  preprocess: PreprocessSpec,
  { resolution, batch, blocks = false }: InspectOptions,
  report: Report,
): 0 {
  const imageSize = resolution ?? preprocess.size;
  const measured = measureParts(spec, { imageSize, batch, blocks });
  if (report.json) {
    report.answer(JSON.stringify({ name: spec.name, imageSize, batch, ...measured, preprocess, spec }, null, 2));
    return 0;
  }
  report.answer(
    formatFields([
      ["network", `${spec.name}, ${spec.head.classes === null ? "no classifier" : `${spec.head.classes} classes`}`],
      ["embedding", `${spec.head.channels} values`],
      ["input", `${imageSize} x ${imageSize} pixels, batch ${batch}`],
      ["pictures", formatPreprocess(preprocess)],
      ["padding", spec.padding],
      ["batch norm", `epsilon ${spec.batchNorm.epsilon}`],
    ]),
  );
  report.answer(`\n${formatParts(measured)}`);
  return 0;
}
