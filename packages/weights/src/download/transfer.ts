import { EfficientNetError } from "@efficientnet/errors";
import { bodyRange, strongEtag } from "./body-range.js";
import { ByteSink } from "./byte-sink.js";
import { brokenOff, httpFailure, withoutQuery } from "./http-failure.js";
import { readBody } from "./read-body.js";
import type { RemoteFile } from "./remote-file.js";
import { request } from "./request.js";
import type { Settings } from "./settings.js";
import { transferHeaders } from "./transfer-headers.js";

export type OnBytes = (bytes: number, total: number | null) => void;

/** What a server gave: the file, or word that the copy with the given ETag is still the same. */
export interface Transferred {
  readonly bytes: Uint8Array | null;
  readonly etag: string | null;
  readonly linkedSha256: string | null;
  /** Put together from several answers. */
  readonly resumed: boolean;
}

/** One file on its way, over as many attempts as it takes. */
export class Transfer {
  readonly #sink: ByteSink;
  #etag: string | null = null;
  #total: number | null;
  #linkedSha256: string | null = null;
  #resumed = false;
  #before = 0;
  #plain = true;

  constructor(
    readonly file: RemoteFile,
    readonly settings: Settings,
    readonly onBytes: OnBytes,
    readonly knownEtag: string | null,
  ) {
    this.#sink = new ByteSink(settings.maxBytes);
    this.#total = file.size;
    if (file.size !== null) this.#sink.reserve(file.size);
  }

  /** A megabyte more than before the last attempt: a connection that breaks so late is worth keeping. */
  progressed(): boolean {
    return this.#sink.length - this.#before >= 2 ** 20;
  }

  /**
   * One request for what is missing.
   *
   * @throws `TemporaryFailure` when the next attempt can go on; else what cannot be helped.
   */
  async attempt(signal: AbortSignal, alive: () => void): Promise<Transferred> {
    const { file, settings } = this;
    // What was decoded on the way cannot be counted in the file's own bytes.
    if (!this.#plain) this.#restart(null);
    this.#before = this.#sink.length;
    const { fetch } = settings;
    const headers = transferHeaders(file.url, this.#sink.length, { resumed: this.#etag, known: this.knownEtag });
    const { response, linkedSha256 } = await request(file.url, {
      fetch,
      method: "GET",
      headers,
      token: file.token,
      signal,
    });
    this.#linkedSha256 ??= linkedSha256;
    if (response.status === 304 && this.knownEtag !== null) return this.#result(null);
    try {
      this.#accept(response);
    } catch (failure) {
      await response.body?.cancel().catch(() => undefined);
      throw failure;
    }
    try {
      await readBody(response, (chunk) => {
        alive();
        this.#sink.append(chunk);
        this.onBytes(this.#sink.length, this.#total);
      });
    } catch (cause) {
      if (cause instanceof EfficientNetError) throw cause;
      throw brokenOff(file.url, this.#state(), cause);
    }
    return this.#finish();
  }

  /** Decides whether an answer goes on where the last one stopped, starts over, or is none at all. */
  #accept(response: Response): void {
    const { file } = this;
    if (!response.ok) {
      if (response.status !== 416) throw httpFailure(file.what ?? withoutQuery(file.url), response);
      this.#restart(null);
      throw brokenOff(file.url, "HTTP 416: the server has no more bytes of this file");
    }
    if (/^text\/html\b/.test(response.headers.get("content-type") ?? "")) {
      throw new EfficientNetError("wrong-file", `the server answered with a web page instead of ${file.name}`, {
        received: `${response.headers.get("content-type")} from ${withoutQuery(response.url || file.url)}`,
        hint: "check the address; a network that wants a login answers so too",
      });
    }
    const received = this.#sink.length;
    const { from, total, plain } = bodyRange(response);
    const etag = strongEtag(response.headers);
    const sameVersion = (this.#etag === null || etag === null || etag === this.#etag) && sameTotal(this.#total, total);
    if (received > 0 && response.status === 206 && (from ?? received) === received && sameVersion && plain) {
      this.#resumed = true;
      return;
    }
    this.#restart(etag);
    if ((from ?? 0) !== 0) throw brokenOff(file.url, "a part of another version of the file");
    this.#plain = plain;
    this.#total = file.size ?? total;
    if (this.#total !== null) this.#sink.reserve(this.#total);
  }

  #restart(etag: string | null): void {
    this.#sink.reset();
    this.#etag = etag;
    this.#resumed = false;
    this.#plain = true;
    this.#total = this.file.size;
  }

  #finish(): Transferred {
    const { file } = this;
    const received = this.#sink.length;
    if (this.#total !== null && received < this.#total) throw brokenOff(file.url, this.#state());
    if (file.size !== null && received > file.size) {
      throw new EfficientNetError("wrong-file", `${file.name} is longer than was published`, {
        expected: `${file.size} bytes`,
        received: `${received} bytes`,
      });
    }
    return this.#result(this.#sink.bytes());
  }

  #result(bytes: Uint8Array | null): Transferred {
    return { bytes, etag: this.#etag, linkedSha256: this.#linkedSha256, resumed: this.#resumed };
  }

  #state(): string {
    return `${this.#sink.length} of ${this.#total ?? "unknown"} bytes`;
  }
}

function sameTotal(known: number | null, stated: number | null): boolean {
  return known === null || stated === null || known === stated;
}
