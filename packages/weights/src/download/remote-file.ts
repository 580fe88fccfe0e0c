import type { ContentHash } from "./content-hash.js";

/** One file that can be downloaded, and what is known about it beforehand. */
export interface RemoteFile {
  /** Its name in the result, and what messages call it. */
  readonly name: string;
  readonly url: string;
  /** Its key in the cache. */
  readonly key: string;
  readonly hash: ContentHash | null;
  readonly size: number | null;
  /** Meant for the origin of `url` alone. */
  readonly token: string | null;
  /**
   * When a cached copy is as good as a new one: `always` where the content can not change under its key, `if-same`
   * where the server says so, `offline` where only nobody can be asked.
   */
  readonly reuse: "always" | "if-same" | "offline";
  /** In messages, where that says more than the address. */
  readonly what?: string;
  /** Throws for content that cannot be meant. */
  readonly check?: (bytes: Uint8Array) => void;
}
