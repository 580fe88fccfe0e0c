import { mkdir, readdir, readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import type { BatchRecipeOptions, TrainingSettings } from "@efficientnet/train";
import { writeAtomically } from "../files/write-atomically.js";

/** The files of a run. */
export interface RunFolder {
  readonly folder: string;
  readonly config: string;
  readonly metrics: string;
  readonly checkpoint: string;
  readonly model: string;
  readonly evaluation: string;
  readonly report: string;
}

/** How a training was started: all that `resume` needs besides the checkpoint. */
export interface RunConfig {
  readonly version: 1;
  /** Folders by their absolute paths; without `test`, the `share` of each class is held back. */
  readonly data: { readonly folder: string; readonly test: string | null; readonly share: number };
  readonly network: string;
  readonly classes: readonly string[];
  readonly backend: string;
  readonly batches: Omit<BatchRecipeOptions, "preprocess">;
  readonly settings: TrainingSettings;
}

export function runFolder(folder: string): RunFolder {
  const at = (name: string) => join(folder, name);
  return {
    folder,
    config: at("config.json"),
    metrics: at("metrics.jsonl"),
    checkpoint: at("checkpoint.safetensors"),
    model: at("model.safetensors"),
    evaluation: at("evaluation.json"),
    report: at("report.html"),
  };
}

/** A folder for a new run: the one that is named, which must be empty, or `runs/1`, `runs/2`, ... */
export async function createRun(out: string | undefined): Promise<RunFolder> {
  const folder = resolve(out ?? (await nextFree("runs")));
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0) {
    throw new EfficientNetError("invalid-argument", `${folder} is not empty`, {
      expected: "a folder that is new or empty",
      hint: `efficientnet resume ${folder} goes on with a run`,
    });
  }
  return runFolder(folder);
}

async function nextFree(parent: string): Promise<string> {
  for (let number = 1; ; number++) {
    const folder = join(parent, String(number));
    if ((await stat(folder).catch(() => undefined)) === undefined) return folder;
  }
}

export function writeConfig(run: RunFolder, config: RunConfig): Promise<void> {
  return writeAtomically(run.config, `${JSON.stringify(config, null, 2)}\n`);
}

/** @throws `wrong-file` for a folder that holds no run. */
export async function readConfig(run: RunFolder): Promise<RunConfig> {
  const text = await readFile(run.config, "utf8").catch((cause: unknown) => {
    throw noRun(run.folder, "there is no config.json in it", cause);
  });
  const config = parse(run, text);
  if (config.version !== 1) throw noRun(run.folder, `its config.json has version ${String(config.version)}`);
  return config;
}

function parse(run: RunFolder, text: string): RunConfig {
  try {
    return JSON.parse(text) as RunConfig;
  } catch (cause) {
    throw noRun(run.folder, "its config.json is not JSON", cause);
  }
}

function noRun(folder: string, received: string, cause?: unknown): EfficientNetError {
  return new EfficientNetError("wrong-file", `${folder} is not the folder of a run`, {
    expected: "a folder that efficientnet train has written",
    received,
    cause,
  });
}
