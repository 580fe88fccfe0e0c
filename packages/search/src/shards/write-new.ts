import { link, open, rename, rm } from "node:fs/promises";

/**
 * Writes a file that is not there yet, whole or not at all; false where there is one already. Of several processes that
 * write it at once one succeeds; on file systems without links the last one counts.
 */
export async function writeNew(path: string, text: string): Promise<boolean> {
  const beside = `${path}.${process.pid}.tmp`;
  await writeSynced(beside, text);
  try {
    await link(beside, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    await rename(beside, path);
    return true;
  } finally {
    await rm(beside, { force: true });
  }
}

/** Writes a file and waits until it is on the disk. */
export async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}
