import { stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import type { Checkpoint, CheckpointFiles } from "@efficientnet/weights";
import { downloadWeights, openSafetensors } from "@efficientnet/weights/node";
import type { FetchOptions } from "./weights-source.js";

/**
 * The files of weights, by the names they have beside each other: from a path, an address, the Hugging Face hub
 * (`hf:owner/name`) or the name of published weights. An index brings the files that it names; TensorFlow's
 * checkpoints may be named as TensorFlow does, by the path before `.index`. Downloads are kept in `cacheFolder()`.
 *
 * @throws `wrong-file` when a file cannot be read; else as `downloadWeights`.
 */
export async function readWeightsFiles(source: string | URL, options: FetchOptions = {}): Promise<CheckpointFiles> {
  const text = String(source);
  if (/^http:/i.test(text)) return downloadWeights({ kind: "url", url: text }, options);
  const path = pathOf(source);
  const isIndexed = !(await isFile(path)) && (await isFile(`${path}.index`));
  if (/^(hf|https):/i.test(text) || (isPublished(text) && !isIndexed && !(await isFile(path)))) {
    return downloadWeights(text, options);
  }
  return readFiles(isIndexed ? `${path}.index` : path, options);
}

/**
 * The same, for a network on its way to the device: a safetensors file on disk is opened in place, and its tensors are
 * read one by one.
 */
export async function openWeightsFiles(
  source: string | URL,
  options: FetchOptions = {},
): Promise<CheckpointFiles | Checkpoint> {
  const path = pathOf(source);
  return ((await isFile(path)) ? openSafetensors(path) : null) ?? readWeightsFiles(source, options);
}

function pathOf(source: string | URL): string {
  return /^file:/i.test(String(source)) ? fileURLToPath(String(source)) : String(source);
}

async function readFiles(path: string, options: FetchOptions): Promise<CheckpointFiles> {
  try {
    return await downloadWeights({ kind: "path", path }, options);
  } catch (error) {
    if (!isEfficientNetError(error, "unknown-name")) throw error;
    const [fact = ""] = error.message.split("\n");
    const { received } = error;
    throw new EfficientNetError("wrong-file", `the weights file ${fact}`, {
      ...(received === undefined ? {} : { received }),
      cause: error.cause,
    });
  }
}

/** Whose weights have names; a folder may be called so too, and then its files are meant. */
function isPublished(text: string): boolean {
  return /^(timm|torchvision|keras|tpu|automl|lukemelas|hf)\//i.test(text);
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}
