/** Versions of a file by their ETags. */
export interface KnownVersions {
  /** The one that the bytes so far belong to. */
  readonly resumed: string | null;
  /** The one in the cache. */
  readonly known: string | null;
}

/**
 * Headers of a request for a file from byte `from` on. A page may not send headers of its own to another origin without
 * that origin's consent, which servers of files seldom give; `Range` alone is always allowed.
 */
export function transferHeaders(url: string, from: number, { resumed, known }: KnownVersions): Record<string, string> {
  const range: Record<string, string> = from > 0 ? { range: `bytes=${from}-` } : {};
  const page = globalThis.location;
  if (page !== undefined && page.origin !== new URL(url).origin) return range;
  return {
    ...range,
    "accept-encoding": "identity",
    ...(from > 0 && resumed !== null ? { "if-range": resumed } : {}),
    ...(from === 0 && known !== null ? { "if-none-match": known } : {}),
  };
}
