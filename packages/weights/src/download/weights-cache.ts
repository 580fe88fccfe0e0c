/** What is kept beside the bytes of a cached file, so that a torn or altered copy is noticed. */
export interface CacheMeta {
  /** Bytes. */
  readonly size: number;
  /** Of the whole content, lowercase hex. */
  readonly sha256: string;
  /** Where it came from. */
  readonly url: string;
  /** What the server calls this version. */
  readonly etag?: string;
}

export interface CachedFile {
  readonly bytes: Uint8Array;
  readonly meta: CacheMeta;
}

export interface CacheEntry {
  readonly key: string;
  readonly meta: CacheMeta;
}

/**
 * Where downloads are kept. A cache need not defend itself: what it returns is believed only when size and hash agree
 * with `meta`, and an error from it never fails a download.
 */
export interface WeightsCache {
  /** The file, or null. */
  read(key: string): Promise<CachedFile | null>;
  /** All or nothing. Two writers of one key may race; the last one wins. */
  write(key: string, bytes: Uint8Array, meta: CacheMeta): Promise<void>;
  delete(key: string): Promise<void>;
  list(): Promise<readonly CacheEntry[]>;
}

/** Removes everything; returns the bytes that were freed. */
export async function clearCache(cache: WeightsCache): Promise<number> {
  const entries = await cache.list();
  for (const { key } of entries) await cache.delete(key);
  return entries.reduce((sum, { meta }) => sum + meta.size, 0);
}

/** Meta as it is stored, or null for what is no such thing. */
export function parseCacheMeta(value: unknown): CacheMeta | null {
  if (typeof value !== "object" || value === null) return null;
  const { size, sha256, url, etag } = value as Partial<Record<keyof CacheMeta, unknown>>;
  if (typeof size !== "number" || typeof sha256 !== "string" || typeof url !== "string") return null;
  return { size, sha256, url, ...(typeof etag === "string" ? { etag } : {}) };
}
