export { cacheStorageCache, defaultCache } from "./cache-storage-cache.js";
export { downloadWeights } from "./download-weights.js";
export { fetchHeader } from "./fetch-header.js";
export { formatHubSource, parseHubSource } from "./hub-source.js";
export { memoryCache } from "./memory-cache.js";
export { type ResolveOptions, resolveWeights } from "./resolve-weights.js";
export type { DownloadOptions, DownloadProgress } from "./settings.js";
export { type CachedFile, type CacheEntry, type CacheMeta, clearCache, type WeightsCache } from "./weights-cache.js";
export type { HubSource, WeightsSource } from "./weights-source.js";
