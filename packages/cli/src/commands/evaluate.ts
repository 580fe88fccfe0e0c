import { stat } from "node:fs/promises";
import { join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import { folderDataset } from "@efficientnet/train/node";
import type { ExitCode } from "../exit-code.js";
import { formatTable } from "../format/format-table.js";
import { type NetworkOptions, openNetwork } from "../network/open-network.js";
import type { Report } from "../report.js";
import { type Confusion, classifyDataset } from "../train/classify-dataset.js";
import { percent } from "../train/progress-line.js";
import { runFolder } from "../train/run-folder.js";

export type EvaluateOptions = Omit<NetworkOptions, "weights" | "seed">;

/** Says how well a network does on a folder of pictures, one folder for each class. */
export async function evaluate(
  source: string,
  folder: string,
  options: EvaluateOptions,
  report: Report,
): Promise<ExitCode> {
  const isFolder = (await stat(source).catch(() => undefined))?.isDirectory() === true;
  const weights = isFolder && (await hasRun(source)) ? runFolder(source).model : source;
  const dataset = await folderDataset(folder);
  const { network } = await openNetwork({ ...options, weights }, report);
  try {
    const strange = dataset.classes.filter((name) => network.labels?.includes(name) !== true);
    if (strange.length > 0) {
      throw new EfficientNetError("invalid-argument", `${folder} has classes that the network does not know`, {
        expected: network.labels?.slice(0, 8).join(", ") ?? "a network with labels",
        received: strange.slice(0, 8).join(", "),
      });
    }
    const result = await classifyDataset(network, dataset, report);
    answer(result, report);
    return result.skipped.length === 0 ? 0 : 1;
  } finally {
    network.dispose();
  }
}

/** A run that ended; one that did not has no network yet. */
async function hasRun(folder: string): Promise<boolean> {
  const exists = async (path: string) => (await stat(path).catch(() => undefined)) !== undefined;
  if (await exists(runFolder(folder).model)) return true;
  if (!(await exists(join(folder, "config.json")))) return false;
  throw new EfficientNetError("wrong-file", `the run ${folder} has no network yet`, {
    hint: `efficientnet resume ${folder} brings it to its end`,
  });
}

function answer(result: Confusion, report: Report): void {
  for (const { name, reason } of result.skipped) report.warn(`${name} is left out: ${reason.split("\n")[0]}`);
  if (report.json) {
    report.answer(JSON.stringify(result));
    return;
  }
  const rows = result.classes.map(({ name, right, pictures, mistakes }) => [
    name,
    `${right} of ${pictures}`,
    percent(right / pictures),
    mistakes.map(({ label, count }) => `${count} as ${label}`).join(", "),
  ]);
  const columns = [
    { title: "class" },
    { title: "right", align: "right" },
    { title: "share", align: "right" },
    { title: "mistakes" },
  ] as const;
  report.answer(formatTable(columns, rows));
  report.answer(`\n${result.right} of ${result.pictures} right, ${percent(result.accuracy)}`);
}
