import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EfficientNetError } from "@efficientnet/errors";
import type { CheckpointFiles } from "@efficientnet/weights";
import { gatherFiles } from "./gather-files.js";
import type { ReadOptions } from "./weights-source.js";

/**
 * The files of a checkpoint on disk: the one named, and where that is an index the files beside it that it names.
 * TensorFlow's checkpoints may be named as TensorFlow does, by the path before `.index`.
 *
 * @throws `wrong-file` when a file cannot be read; `aborted`.
 */
export async function filesFromDisk(source: string | URL, { signal }: ReadOptions = {}): Promise<CheckpointFiles> {
  const path = typeof source === "string" && !source.startsWith("file:") ? source : fileURLToPath(source);
  const main = (await isFile(path)) || !(await isFile(`${path}.index`)) ? path : `${path}.index`;
  const folder = dirname(main);
  return gatherFiles(basename(main), {
    read: (name) => readBytes(name === basename(main) ? main : join(folder, name), signal),
    list: () => readdir(folder),
  });
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}

async function readBytes(path: string, signal: AbortSignal | undefined): Promise<Uint8Array> {
  try {
    return await readFile(path, { signal });
  } catch (cause) {
    if (signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause });
    throw new EfficientNetError("wrong-file", `the weights file ${path} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
