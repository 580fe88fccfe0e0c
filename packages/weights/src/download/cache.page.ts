import { cacheStorageCache, clearCache, defaultCache, downloadWeights } from "./index.js";

const cache = cacheStorageCache("test");
const warnings: string[] = [];

async function load(url: string, offline = false): Promise<readonly [name: string, sum: number][]> {
  const files = await downloadWeights(new URL(url, location.href).href, {
    cache,
    offline,
    retries: 1,
    onWarning: (message) => warnings.push(message),
  });
  return [...files].map(([name, bytes]) => [name, bytes.reduce((sum, byte) => sum + byte, 0)]);
}

/** Cuts the copy that is stored, but not what is said about it. */
async function tear(): Promise<void> {
  const storage = await caches.open("test");
  for (const request of await storage.keys()) {
    const stored = await storage.match(request);
    if (stored) await storage.put(request, new Response((await stored.arrayBuffer()).slice(0, 10), stored));
  }
}

Object.assign(globalThis, {
  api: {
    load,
    tear,
    list: () => cache.list(),
    clear: () => clearCache(cache),
    warnings: () => warnings,
    lasting: async () => {
      await defaultCache().write("key", Uint8Array.of(1), { size: 1, sha256: "", url: "" });
      return (await caches.keys()).includes("efficientnet-weights");
    },
  },
});
