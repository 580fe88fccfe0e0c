/** Which bytes of the file an answer holds, as far as its headers can be seen and believed. */
export interface BodyRange {
  /** First byte; null when a partial answer does not say. */
  readonly from: number | null;
  /** Length of the whole file. */
  readonly total: number | null;
  /** What is sent is the file itself, so that its bytes can be counted. */
  readonly plain: boolean;
}

/**
 * Content-Length counts what is sent: with a Content-Encoding that is not the file, and says nothing about it. A
 * browser may hide Content-Range, which it does from pages of another origin.
 */
export function bodyRange({ status, headers }: Pick<Response, "status" | "headers">): BodyRange {
  const plain = ["", "identity"].includes(headers.get("content-encoding") ?? "");
  const length = headers.get("content-length");
  const sent = !plain || length === null || !/^\d+$/.test(length) ? null : Number(length);
  if (status !== 206) return { from: 0, total: sent, plain };
  const [, from, total] = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get("content-range") ?? "") ?? [];
  return {
    from: from === undefined ? null : Number(from),
    total: total === undefined || total === "*" ? null : Number(total),
    plain,
  };
}

/** The server's name for this version of the file, if it is good for resuming: weak ones compare meaning, not bytes. */
export function strongEtag(headers: Headers): string | null {
  const etag = headers.get("etag");
  return etag?.startsWith('"') ? etag : null;
}
