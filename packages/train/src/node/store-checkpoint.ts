import { randomUUID } from "node:crypto";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";

const UNFINISHED = ".unfinished";

/**
 * Keeps a checkpoint in a file, whole or not at all: it is written beside the file, forced onto the disk, and renamed.
 * Whoever is killed in between leaves the last checkpoint as it was, and a piece that the next call removes.
 *
 * @throws `not-written` when the disk is full, or the folder cannot be written to; the last checkpoint is intact.
 */
export async function storeCheckpoint(path: string, bytes: Uint8Array): Promise<void> {
  const beside = `${path}.${randomUUID()}${UNFINISHED}`;
  try {
    await removeUnfinished(path);
    await writeThrough(beside, "wx", (file) => file.writeFile(bytes));
    await rename(beside, path);
    // The new name itself must reach the disk; Windows has no handle for a folder.
    if (process.platform !== "win32") await writeThrough(dirname(path), "r", async () => undefined);
  } catch (cause) {
    await rm(beside, { force: true }).catch(() => undefined);
    throw notWritten(path, bytes.byteLength, cause);
  }
}

async function writeThrough(path: string, flags: string, write: (file: FileHandle) => Promise<void>): Promise<void> {
  const file = await open(path, flags);
  try {
    await write(file);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What a process left that ended while it wrote. */
async function removeUnfinished(path: string): Promise<void> {
  const [folder, name] = [dirname(path), basename(path)];
  const left = (await readdir(folder)).filter((entry) => entry.startsWith(`${name}.`) && entry.endsWith(UNFINISHED));
  for (const entry of left) await rm(join(folder, entry), { force: true });
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "the quota is used up",
  EFBIG: "the file may not be so large",
  ENOENT: "the folder does not exist",
  ENOTDIR: "its folder is a file",
  EACCES: "writing is not allowed",
  EPERM: "writing is not allowed",
  EROFS: "the disk can only be read",
};

function notWritten(path: string, size: number, cause: unknown): EfficientNetError {
  const { code = "", message } = cause as NodeJS.ErrnoException;
  const reason = REASONS[code] ?? message;
  return new EfficientNetError("not-written", `the checkpoint ${path} of ${size} bytes was not written: ${reason}`, {
    hint: "the checkpoint before it is intact; make room and resume from it",
    cause,
  });
}
