import { open, readdir, readFile, rename, rm } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import type { CandidateResult } from "@efficientnet/nas";
import { formatLine, parseLines } from "./result-lines.js";
import { writeSynced } from "./write-new.js";

/** What the names of all of a shard's files begin with. */
export const shardName = (shard: number): string => `shard-${String(shard).padStart(4, "0")}`;

/** Host names have dots, and process ids tell processes of one host apart. */
const me = () => `${hostname().replace(/[^\w-]/g, "_")}-${process.pid}`;

/** The results so far of a shard that is under way or was killed: those of the process that came farthest. */
export async function readPartial(folder: string, shard: number): Promise<readonly CandidateResult[]> {
  const names = await partialNames(folder, shard);
  const all = await Promise.all(names.map((name) => readFile(join(folder, name), "utf8").catch(() => "")));
  return all.map(parseLines).reduce((most, one) => (one.length > most.length ? one : most), []);
}

/** A process's own file of results, to which it appends; others that work on the same shard have theirs. */
export interface PartialFile {
  append(result: CandidateResult): Promise<void>;
}

/** Begins this process's file with what is known already, and takes away those of processes that have died here. */
export async function startPartial(
  folder: string,
  shard: number,
  known: readonly CandidateResult[],
): Promise<PartialFile> {
  const path = join(folder, `${shardName(shard)}.${me()}.jsonl`);
  await writeSynced(`${path}.tmp`, known.map(formatLine).join(""));
  await rename(`${path}.tmp`, path);
  for (const name of await partialNames(folder, shard))
    if (isOfTheDead(name)) await rm(join(folder, name), { force: true });
  return {
    async append(result) {
      const file = await open(path, "a");
      try {
        await file.appendFile(formatLine(result));
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

/** Takes away what processes have left behind of a shard that is finished. */
export async function removePartials(folder: string, shard: number): Promise<void> {
  for (const name of await partialNames(folder, shard)) await rm(join(folder, name), { force: true });
}

async function partialNames(folder: string, shard: number): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name.startsWith(`${shardName(shard)}.`) && name.endsWith(".jsonl"));
}

/** Of this host, with a process that no longer runs. */
function isOfTheDead(name: string): boolean {
  const [, owner = ""] = name.split(".");
  const [, pid] = /-(\d+)$/.exec(owner) ?? [];
  if (owner === me() || pid === undefined || !owner.startsWith(me().replace(/\d+$/, ""))) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
