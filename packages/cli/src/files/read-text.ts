import { readFile } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";
import { decodeText } from "./decode-text.js";

/**
 * A text file, decoded as UTF-8, or as UTF-16 where it begins with a byte order mark.
 *
 * @param what - how the message calls it: `labels file`.
 * @throws `wrong-file` when there is none, it cannot be read or is encoded otherwise.
 */
export async function readText(path: string, what: string): Promise<string> {
  const text = decodeText(await readBytes(path, what));
  if (text !== null) return text;
  throw new EfficientNetError("wrong-file", `the ${what} ${path} is no text in an encoding that is read here`, {
    expected: "UTF-8, or UTF-16 with a byte order mark",
    hint: "save it as UTF-8",
  });
}

async function readBytes(path: string, what: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `the ${what} ${path} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
