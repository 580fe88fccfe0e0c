import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import type { CandidateResult } from "@efficientnet/nas";
import { removePartials, shardName } from "./partial-file.js";
import { writeNew } from "./write-new.js";

/** The results of a whole shard, as its file has them. */
export interface ShardFile {
  readonly format: typeof SHARD_FORMAT;
  readonly shard: number;
  readonly results: readonly CandidateResult[];
}

const SHARD_FORMAT = "efficientnet-search-shard/1";

/** The file that a finished shard has. */
const shardPath = (folder: string, shard: number): string => join(folder, `${shardName(shard)}.json`);

/**
 * The results of a finished shard, or null.
 *
 * @throws `wrong-file` for a file that is something else.
 */
export async function readShard(folder: string, shard: number): Promise<readonly CandidateResult[] | null> {
  const path = shardPath(folder, shard);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  return text === null ? null : parseShard(path, shard, text);
}

function parseShard(path: string, shard: number, text: string): readonly CandidateResult[] {
  const refuse = (received: string): never => {
    throw new EfficientNetError("wrong-file", `${path} does not hold the results of shard ${shard}`, {
      received,
      hint: "remove the file and run the shard again",
    });
  };
  let file: Partial<ShardFile> | null = null;
  try {
    file = JSON.parse(text);
  } catch {
    refuse("text that is not JSON");
  }
  if (file?.format !== SHARD_FORMAT) refuse(`format ${JSON.stringify(file?.format)}`);
  if (file?.shard !== shard) refuse(`shard ${file?.shard}`);
  return file?.results ?? [];
}

/**
 * Puts the results of a whole shard in place, whole or not at all; of several processes that finish the same shard the
 * first one counts. Answers with what is in place.
 */
export async function finishShard(
  folder: string,
  shard: number,
  results: readonly CandidateResult[],
): Promise<readonly CandidateResult[]> {
  const file: ShardFile = { format: SHARD_FORMAT, shard, results };
  await writeNew(shardPath(folder, shard), `${JSON.stringify(file, null, 1)}\n`);
  await removePartials(folder, shard);
  return (await readShard(folder, shard)) ?? results;
}
