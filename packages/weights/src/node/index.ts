import { downloadIn } from "../download/download-weights.js";
import { resolveWeights as resolve } from "../download/resolve-weights.js";
import type { DownloadOptions } from "../download/settings.js";
import type { WeightsCache } from "../download/weights-cache.js";
import type { WeightsSource } from "../download/weights-source.js";
import { cacheFolder } from "./cache-folder.js";
import { folderCache } from "./folder-cache.js";
import { hubSettings } from "./hub-settings.js";
import { isFile, openPath } from "./open-path.js";

export { cacheFolder } from "./cache-folder.js";
export { folderCache } from "./folder-cache.js";
export { type HubSettings, hubSettings } from "./hub-settings.js";
export { openSafetensors } from "./open-safetensors.js";

/** `resolveWeights` of `@efficientnet/weights/download`, which also understands paths. */
export function resolveWeights(text: string): WeightsSource {
  const { endpoint } = hubSettings();
  return resolve(text, { isFile, ...(endpoint === undefined ? {} : { endpoint }) });
}

/**
 * `downloadWeights` of `@efficientnet/weights/download` for Node: also from paths, kept in `cacheFolder()` unless
 * `cache` says otherwise, with what the environment says about the Hugging Face hub (`hubSettings`).
 */
export function downloadWeights(
  source: string | WeightsSource,
  options: DownloadOptions = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  return downloadIn({ usualCache, openPath, isFile }, source, { ...hubSettings(), ...options });
}

/** One object for each folder, so that equal downloads find each other. */
const caches = new Map<string, WeightsCache>();

function usualCache(): WeightsCache {
  const folder = cacheFolder();
  const cache = caches.get(folder) ?? folderCache(folder);
  caches.set(folder, cache);
  return cache;
}
