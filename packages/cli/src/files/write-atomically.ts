import { open, readFile, rename, rm } from "node:fs/promises";

/**
 * Writes a file whole or not at all: beside it first, then in its place.
 *
 * @param check - is shown what is on the disk before it is put in place, and throws where it should not be.
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  check?: (written: Uint8Array) => Promise<void>,
): Promise<void> {
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
