import type { Warn } from "./verified-cache.js";
import type { WeightsCache } from "./weights-cache.js";

/** How far a download is. */
export interface DownloadProgress {
  /** Bytes that are here, of all files together; what a cache gave counts. Falls when a file must start over. */
  readonly bytes: number;
  /** Bytes of all files together; null until every length is known. */
  readonly total: number | null;
  /** The file that moved. */
  readonly name: string;
}

export interface DownloadOptions {
  /** Where downloads are kept; null keeps nothing. Without it, the usual place of the environment. */
  readonly cache?: WeightsCache | null;
  /** In place of the global `fetch`. */
  readonly fetch?: typeof fetch;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
  /** Called for what went wrong without failing the download: a damaged or unwritable cache, a stale copy. */
  readonly onWarning?: Warn;
  /** Failures in a row that are forgiven; 4 unless told. */
  readonly retries?: number;
  /** Milliseconds before the first retry, doubled each time unless the server names a time; 500 unless told. */
  readonly retryDelay?: number;
  /** Milliseconds without a byte that count as a failure; 60 000 unless told. */
  readonly stallTimeout?: number;
  /** Uses cached copies alone, without a request. */
  readonly offline?: boolean;
  /** Access token of the Hugging Face hub; sent there and nowhere else. */
  readonly token?: string;
  /** Address of the hub or a mirror of it; https://huggingface.co unless told. */
  readonly endpoint?: string;
  /** Largest file that is accepted, also unpacked; 4 GiB unless told. */
  readonly maxBytes?: number;
}

/** Options with every default in its place. */
export interface Settings {
  readonly cache: WeightsCache | null;
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal;
  readonly warn: Warn;
  readonly retries: number;
  readonly retryDelay: number;
  readonly stallTimeout: number;
  readonly offline: boolean;
  readonly token: string | null;
  readonly endpoint: string;
  readonly maxBytes: number;
}

export const HUB = "https://huggingface.co";

export function completeSettings(options: DownloadOptions, usualCache: () => WeightsCache): Settings {
  return {
    cache: options.cache === undefined ? usualCache() : options.cache,
    // Browsers refuse to call fetch as a method of another object.
    fetch: options.fetch ?? ((input, init) => fetch(input, init)),
    signal: options.signal ?? new AbortController().signal,
    warn: options.onWarning ?? (() => undefined),
    retries: options.retries ?? 4,
    retryDelay: options.retryDelay ?? 500,
    stallTimeout: options.stallTimeout ?? 60_000,
    offline: options.offline ?? false,
    token: options.token ?? null,
    endpoint: (options.endpoint ?? HUB).replace(/\/+$/, ""),
    maxBytes: options.maxBytes ?? 2 ** 32,
  };
}
