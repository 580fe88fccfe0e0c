import { EfficientNetError } from "@efficientnet/errors";
import { networkFailure, withoutQuery } from "./http-failure.js";

export interface RequestOptions {
  readonly fetch: typeof fetch;
  readonly method: "GET" | "HEAD";
  readonly headers: Readonly<Record<string, string>>;
  /** Sent to the first address, and to no other origin. */
  readonly token: string | null;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly response: Response;
  /** SHA-256 that the Hugging Face hub states on the way to its storage. */
  readonly linkedSha256: string | null;
}

const MAX_REDIRECTS = 8;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * One request. Where redirects can be seen (not in browsers) they are followed here, so that the token stays with the
 * origin it was meant for and the hub's headers are not lost; browsers remove the token themselves.
 *
 * @throws `TemporaryFailure` without an answer; `unreachable` for redirects that lead nowhere or out of https.
 */
export async function request(url: string, options: RequestOptions): Promise<Answer> {
  let linkedSha256: string | null = null;
  let address = url;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await send(address, url, "manual", options);
    linkedSha256 ??= linkedHash(response);
    if (response.type === "opaqueredirect") {
      return { response: await send(address, url, "follow", options), linkedSha256 };
    }
    const location = REDIRECTS.has(response.status) ? response.headers.get("location") : null;
    if (location === null) return { response, linkedSha256 };
    await response.body?.cancel();
    address = redirected(address, location);
  }
  throw new EfficientNetError("unreachable", `${withoutQuery(url)} redirects in circles`, {
    received: `more than ${MAX_REDIRECTS} redirects`,
  });
}

async function send(address: string, first: string, redirect: RequestRedirect, options: RequestOptions) {
  const { fetch, method, token, signal } = options;
  const authorised = token !== null && new URL(address).origin === new URL(first).origin;
  const headers = { ...options.headers, ...(authorised ? { authorization: `Bearer ${token}` } : {}) };
  try {
    return await fetch(address, { method, headers, redirect, signal });
  } catch (cause) {
    throw networkFailure(address, cause);
  }
}

function redirected(from: string, location: string): string {
  const to = URL.canParse(location, from) ? new URL(location, from) : null;
  if (to?.protocol === "https:" || (to?.protocol === "http:" && from.startsWith("http:"))) return to.href;
  throw new EfficientNetError("unreachable", `${withoutQuery(from)} redirects out of https`, {
    received: withoutQuery(location),
  });
}

/** Git LFS names a file by its SHA-256; other ETags are 40 digits or weak. */
function linkedHash(response: Response): string | null {
  return /^"?([0-9a-f]{64})"?$/.exec(response.headers.get("x-linked-etag") ?? "")?.[1] ?? null;
}
