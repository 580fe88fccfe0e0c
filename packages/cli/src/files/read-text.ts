import { readFile } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";

/**
 * A text file, decoded as UTF-8 without its byte order mark.
 *
 * @param what - how the message calls it: `labels file`.
 * @throws `wrong-file` when there is none or it cannot be read.
 */
export async function readText(path: string, what: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readFile(path));
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `the ${what} ${path} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
