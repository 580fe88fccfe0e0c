import { readFile } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";

/**
 * The bytes of a file.
 *
 * @param what - how the message calls it: `weights file`.
 * @throws `wrong-file` when there is none or it cannot be read.
 */
export async function readBytes(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `the ${what} ${path} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}

/** As {@link readBytes}, decoded as UTF-8 without its byte order mark. */
export async function readText(path: string, what: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, what));
}
