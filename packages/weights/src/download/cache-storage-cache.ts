import { memoryCache } from "./memory-cache.js";
import { parseCacheMeta, type WeightsCache } from "./weights-cache.js";

/** Entries need an address; this one belongs to nobody. */
const ORIGIN = "https://weights.invalid/";
const META = "x-weights-meta";

/**
 * Keeps downloads in the browser's Cache API (pages and workers of a secure context), which stores an entry whole or
 * not at all and may be evicted by the browser at any time.
 */
export function cacheStorageCache(name = "efficientnet-weights"): WeightsCache {
  const open = () => caches.open(name);
  const address = (key: string) => ORIGIN + encodeURIComponent(key);
  return {
    async read(key) {
      const response = await (await open()).match(address(key));
      const meta = response && metaOf(response);
      return response && meta ? { bytes: new Uint8Array(await response.arrayBuffer()), meta } : null;
    },
    async write(key, bytes, meta) {
      const headers = { "content-type": "application/octet-stream", [META]: encodeURIComponent(JSON.stringify(meta)) };
      await (await open()).put(address(key), new Response(bytes as Uint8Array<ArrayBuffer>, { headers }));
    },
    async delete(key) {
      await (await open()).delete(address(key));
    },
    async list() {
      const cache = await open();
      const found = await Promise.all(
        (await cache.keys()).map(async ({ url }) => {
          const response = await cache.match(url);
          const meta = response && metaOf(response);
          return meta ? [{ key: decodeURIComponent(url.slice(ORIGIN.length)), meta }] : [];
        }),
      );
      return found.flat();
    },
  };
}

function metaOf(response: Response) {
  try {
    return parseCacheMeta(JSON.parse(decodeURIComponent(response.headers.get(META) ?? "")));
  } catch {
    return null;
  }
}

let inMemory: WeightsCache | undefined;

/** The Cache API where there is one; elsewhere a memory cache that all callers share. */
export function defaultCache(): WeightsCache {
  if (typeof caches !== "undefined") return cacheStorageCache();
  inMemory ??= memoryCache();
  return inMemory;
}
