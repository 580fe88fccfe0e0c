import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import type { Picture, PixelLimit } from "@efficientnet/preprocess";
import type { ExitCode } from "../exit-code.js";
import type { Report } from "../report.js";
import { decodeAhead } from "./decode-ahead.js";
import { withPicture } from "./with-picture.js";

/**
 * Answers picture by picture, each as soon as it is done. A picture that cannot be used is reported and the others are
 * still answered; what would fail for every picture is thrown.
 */
export async function answerEach(
  paths: readonly string[],
  limit: PixelLimit,
  report: Report,
  answer: (picture: Picture, path: string) => Promise<string>,
): Promise<ExitCode> {
  let count = 0;
  let code: ExitCode = 0;
  for await (const decoded of decodeAhead(paths, limit)) {
    stopIfAborted(report);
    report.progress(`${++count}/${paths.length} ${decoded.path}`);
    try {
      report.answer(await withPicture(decoded, (picture) => answer(picture, decoded.path)));
    } catch (error) {
      if (!("error" in decoded || isEfficientNetError(error, "bad-image"))) throw error;
      report.fail(error);
      code = 1;
    }
  }
  return code;
}

/** @throws `aborted` when the command was interrupted. */
export function stopIfAborted({ signal }: Report): void {
  if (signal?.aborted) throw new EfficientNetError("aborted", "interrupted");
}
