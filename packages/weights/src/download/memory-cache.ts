import type { CachedFile, WeightsCache } from "./weights-cache.js";

/** A cache that lasts as long as the object: for tests, and where nothing can be stored. */
export function memoryCache(): WeightsCache {
  const files = new Map<string, CachedFile>();
  return {
    read: async (key) => files.get(key) ?? null,
    // A copy, since callers may write to what they were given.
    write: async (key, bytes, meta) => void files.set(key, { bytes: bytes.slice(), meta }),
    delete: async (key) => void files.delete(key),
    list: async () => [...files].map(([key, { meta }]) => ({ key, meta })),
  };
}
