import { type ErrorCode, isEfficientNetError } from "@efficientnet/errors";

/** 0 answered, 1 something failed, 2 wrong usage, 130 interrupted (128 + SIGINT, as shells have it). */
export type ExitCode = 0 | 1 | 2 | 130;

const EXIT_CODES: Readonly<Record<ErrorCode, ExitCode>> = {
  "invalid-argument": 2,
  "unknown-name": 2,
  "wrong-shape": 1,
  "wrong-file": 1,
  unreachable: 1,
  forbidden: 1,
  "weights-mismatch": 1,
  "bad-image": 1,
  "no-backend": 1,
  "backend-failed": 1,
  diverged: 1,
  "not-written": 1,
  "missing-peer": 1,
  unsupported: 1,
  disposed: 1,
  aborted: 130,
};

/** The exit code of anything that was thrown. */
export function exitCodeOf(error: unknown): ExitCode {
  return isEfficientNetError(error) ? EXIT_CODES[error.code] : 1;
}
