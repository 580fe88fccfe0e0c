import { EfficientNetError } from "@efficientnet/errors";
import { TemporaryFailure } from "./retry.js";

const TEMPORARY = new Set([408, 425, 429]);

/** What went wrong, for an answer that is no success: a `TemporaryFailure` where trying again can help. */
export function httpFailure(where: string, response: Response, now = Date.now()): Error {
  const { status } = response;
  const received = `HTTP ${status} ${response.statusText}`.trim();
  if (status >= 500 || TEMPORARY.has(status)) {
    const waitFor = retryAfter(response.headers.get("retry-after"), now);
    const hint = waitFor === null ? "try again later" : `the server asks to wait ${Math.ceil(waitFor / 1000)} s`;
    const error = new EfficientNetError("unreachable", `the server cannot serve ${where} now`, { received, hint });
    return new TemporaryFailure(error, waitFor);
  }
  if (status === 401 || status === 403) {
    const gated = response.headers.get("x-error-code") === "GatedRepo";
    return new EfficientNetError("forbidden", `the server does not give out ${where}`, {
      received: gated ? `${received}: the repository is gated` : received,
      hint: gated
        ? "accept its terms on its page, and pass the token of that account (HF_TOKEN)"
        : "a private file needs a token (HF_TOKEN); some servers answer so for files that do not exist",
    });
  }
  if (status === 404 || status === 410) {
    return new EfficientNetError("unknown-name", `the server has no ${where}`, {
      received,
      hint: "check the spelling, the revision, and that the file is published there",
    });
  }
  return new EfficientNetError("unreachable", `the server did not give out ${where}`, { received });
}

/** The failure of a request that got no answer. */
export function networkFailure(url: string, cause: unknown): TemporaryFailure {
  return new TemporaryFailure(
    new EfficientNetError("unreachable", `no answer from ${new URL(url).host}`, {
      received: messageOf(cause),
      hint: "check the connection; in a page the server must also allow other origins (CORS)",
      cause,
    }),
  );
}

/** An answer that broke off. */
export function brokenOff(url: string, received: string, cause?: unknown): TemporaryFailure {
  const fact = `the connection to ${new URL(url).host} broke off`;
  return new TemporaryFailure(new EfficientNetError("unreachable", fact, { received, hint: "try again later", cause }));
}

/** Query strings may hold signatures, which do not belong in messages. */
export const withoutQuery = (url: string): string => url.replace(/[?#].*$/, "");

function messageOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return cause.cause instanceof Error ? `${cause.message}: ${cause.cause.message}` : cause.message;
}

/** Milliseconds from a Retry-After header, in seconds or as a date. */
function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}
