import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";

/**
 * Writes a file whole or not at all: beside it first, then in its place.
 *
 * @param check - is shown what is on the disk before it is put in place, and throws where it should not be.
 * @throws `invalid-argument` where the folder does not exist.
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  check?: (written: Uint8Array) => Promise<void>,
): Promise<void> {
  await checkFolderOf(path);
  const beside = `${path}.${process.pid}.tmp`;
  try {
    const file = await open(beside, "w");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await check?.(await readFile(beside));
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/**
 * Passes when there is a folder for a file to be written to; worth asking before work whose result would be lost.
 *
 * @throws `invalid-argument` naming the folder.
 */
export async function checkFolderOf(path: string): Promise<void> {
  const folder = dirname(path);
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  const why = found === undefined ? "does not exist" : "is no folder";
  throw new EfficientNetError("invalid-argument", `${path} cannot be written: ${folder} ${why}`, {
    expected: "a folder that exists",
  });
}
