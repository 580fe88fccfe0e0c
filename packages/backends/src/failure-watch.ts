import { EfficientNetError } from "@efficientnet/errors";

/**
 * Remembers what a device reported out of band, so that the next look at it throws.
 *
 * A reported error concerns the work that caused it and is thrown once; a lost device stays lost.
 */
export interface FailureWatch {
  /** One operation failed on the device; its results are not to be trusted. */
  report(message: string): void;
  /** The device is gone. */
  lose(message: string): void;
  /** Resolves when the device is lost, and never otherwise. */
  readonly whenLost: Promise<void>;
  /** @throws `backend-failed` for what was reported since the last throw, or for a lost device. */
  check(): void;
  /** A mark of what has been reported so far, for {@link FailureWatch.failureSince}. */
  mark(): number;
  /** The error for what was reported after the mark, or for a lost device. */
  failureSince(mark: number, cause?: unknown): EfficientNetError | undefined;
}

/** A cascade of follow-up errors hides nothing: the first message names the cause, and the rest are only counted. */
interface Burst {
  readonly first: string;
  count: number;
}

/** A watch without failures, for the backend of that name. */
export function createFailureWatch(name: string): FailureWatch {
  let reported = 0;
  let thrown = 0;
  let burst: Burst | undefined;
  let lost: string | undefined;
  let resolveLost: () => void;
  const whenLost = new Promise<void>((resolve) => {
    resolveLost = resolve;
  });

  function failureSince(mark: number, cause?: unknown): EfficientNetError | undefined {
    if (lost !== undefined) {
      return new EfficientNetError("backend-failed", `the ${name} device was lost: ${lost}`, {
        hint: "dispose the model and the backend, then prepare and load again",
        cause,
      });
    }
    if (reported <= mark || burst === undefined) return undefined;
    thrown = reported;
    const more = burst.count === 1 ? "" : ` (and ${burst.count - 1} more)`;
    return new EfficientNetError("backend-failed", `the ${name} device reported: ${burst.first}${more}`, {
      hint: "the results are not valid; try a smaller batch or image, or another backend",
      cause,
    });
  }

  return {
    report(message) {
      if (burst === undefined || thrown === reported) burst = { first: oneLine(message), count: 0 };
      burst.count++;
      reported++;
    },
    lose(message) {
      lost ??= message;
      resolveLost();
    },
    whenLost,
    check() {
      const failure = failureSince(thrown);
      if (failure) throw failure;
    },
    mark: () => reported,
    failureSince,
  };
}

/** Devices report over several lines, with the call that failed on a line of its own. */
function oneLine(message: string): string {
  const lines = message.split("\n").map((line) => line.trim().replace(/^- /, ""));
  return lines.filter((line) => line !== "").join("; ");
}
