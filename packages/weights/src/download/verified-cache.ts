import { sha256 } from "./content-hash.js";
import type { CachedFile, CacheMeta, WeightsCache } from "./weights-cache.js";

/** Told about everything that went wrong without failing a download. */
export type Warn = (message: string) => void;

const reason = (error: unknown): string => (error instanceof Error ? `${error.name}: ${error.message}` : String(error));

/** A cached file whose size and hash are those it was stored with; any other is removed and counts as absent. */
export async function readVerified(cache: WeightsCache, key: string, warn: Warn): Promise<CachedFile | null> {
  try {
    const found = await cache.read(key);
    if (found === null) return null;
    const { bytes, meta } = found;
    if (bytes.byteLength === meta.size && (await sha256(bytes)) === meta.sha256) return found;
    warn(`the cached copy of ${key} is damaged and was removed`);
    await cache.delete(key);
  } catch (error) {
    warn(`the cache cannot be read (${reason(error)})`);
  }
  return null;
}

/** Stores a file; a full disk or an exceeded quota costs the copy, not the download. */
export async function writeVerified(
  cache: WeightsCache,
  key: string,
  bytes: Uint8Array,
  origin: Pick<CacheMeta, "url" | "etag">,
  warn: Warn,
): Promise<void> {
  try {
    await cache.write(key, bytes, { ...origin, size: bytes.byteLength, sha256: await sha256(bytes) });
  } catch (error) {
    warn(`${key} could not be cached and is in memory only (${reason(error)})`);
    await cache.delete(key).catch(() => undefined);
  }
}
