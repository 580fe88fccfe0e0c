import { companionsOf, mayHaveCompanions } from "./companions.js";
import { ProgressTotal } from "./progress-total.js";
import { throwIfAborted } from "./retry.js";
import type { DownloadProgress, Settings } from "./settings.js";
import { isArchive, unpackArchive } from "./unpack-archive.js";
import type { WeightsOrigin, WeightsPart } from "./weights-origin.js";

/** All files of a set of weights: an archive's members, or the main file and those it says belong to it. */
export async function collectFiles(
  { main, beside }: WeightsOrigin,
  settings: Pick<Settings, "maxBytes" | "signal">,
  onProgress: (progress: DownloadProgress) => void,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const progress = new ProgressTotal(onProgress);
  const read = async (part: WeightsPart) => {
    const bytes = await part.read((received, total) => progress.moved(part.name, received, total));
    progress.moved(part.name, bytes.byteLength, bytes.byteLength);
    throwIfAborted(settings.signal);
    return [part.name, bytes] as const;
  };
  progress.expect([[main.name, null]], !mayHaveCompanions(main.name));
  const [, first] = await read(main);
  if (isArchive(first)) return unpackArchive(first, settings);
  const others = (await companionsOf(main.name, first)).map(beside);
  const sizes = await Promise.all(others.map(async (part) => [part.name, await part.size()] as const));
  progress.expect(sizes, true);
  const files = new Map([[main.name, first]]);
  for (const part of others) files.set(...(await read(part)));
  return files;
}
