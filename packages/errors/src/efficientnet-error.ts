/**
 * What a caller can do about an error decides its code, not where it was thrown.
 *
 * - `invalid-argument`: the call itself is wrong; fix the value.
 * - `unknown-name`: no model, backend, layer or format has that name; near matches are listed.
 * - `wrong-shape`: a tensor or array does not have the shape it must have.
 * - `wrong-file`: these bytes are not what they were said to be, or are damaged.
 * - `unreachable`: the network or a server failed, also after retries; try again later.
 * - `forbidden`: a server wants an access token, or terms accepted.
 * - `weights-mismatch`: a readable checkpoint that does not fit the network.
 * - `bad-image`: these pixels cannot be used as a picture.
 * - `no-backend`: the backend cannot run here.
 * - `backend-failed`: the backend ran and failed (lost device, limits, invalid shader).
 * - `diverged`: training left the finite numbers; lower the learning rate, go on from an earlier checkpoint.
 * - `not-written`: a file could not be written; what was there is whole; make room and try again.
 * - `missing-peer`: an optional package is needed and not installed.
 * - `unsupported`: a valid request that this version does not serve.
 * - `disposed`: the object was used after `dispose()`.
 * - `aborted`: the caller's signal fired.
 */
export type ErrorCode =
  | "invalid-argument"
  | "unknown-name"
  | "wrong-shape"
  | "wrong-file"
  | "unreachable"
  | "forbidden"
  | "weights-mismatch"
  | "bad-image"
  | "no-backend"
  | "backend-failed"
  | "diverged"
  | "not-written"
  | "missing-peer"
  | "unsupported"
  | "disposed"
  | "aborted";

/** What an error says besides its fact; each given part is a line of the message. */
export interface ErrorDetails {
  /** What the value should have been. */
  readonly expected?: string;
  /** What it was. */
  readonly received?: string;
  /** What to do about it, in one sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
}

/**
 * The one error class of these packages. The message is a fact with its values, then expected and
 * received, then a hint; `code` says which decision the caller can take.
 *
 * @example
 * ```ts
 * throw new EfficientNetError("wrong-shape", "input has 2 axes", { expected: "[N,H,W,3]", received: "[224,224]" });
 * ```
 */
export class EfficientNetError extends Error {
  override readonly name = "EfficientNetError";
  readonly code: ErrorCode;
  readonly expected: string | undefined;
  readonly received: string | undefined;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, fact: string, details: ErrorDetails = {}) {
    super(formatMessage(fact, details), details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.expected = details.expected;
    this.received = details.received;
    this.hint = details.hint;
  }
}

function formatMessage(fact: string, { expected, received, hint }: ErrorDetails): string {
  const lines = [fact];
  if (expected !== undefined) lines.push(`  expected: ${expected}`);
  if (received !== undefined) lines.push(`  received: ${received}`);
  if (hint !== undefined) lines.push(`  hint: ${hint}`);
  return lines.join("\n");
}

/**
 * True for errors of these packages, also when two copies of this package are loaded (which breaks `instanceof`).
 */
export function isEfficientNetError(error: unknown, code?: ErrorCode): error is EfficientNetError {
  return (
    error instanceof Error &&
    error.name === "EfficientNetError" &&
    "code" in error &&
    (code === undefined || error.code === code)
  );
}
