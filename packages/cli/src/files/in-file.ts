import { EfficientNetError, type ErrorCode, isEfficientNetError } from "@efficientnet/errors";

/** Errors that are about what a file holds; others, such as an unknown backend, are not the file's fault. */
const ABOUT_CONTENT: ReadonlySet<ErrorCode> = new Set(["wrong-file", "weights-mismatch", "bad-image", "unsupported"]);

/** Runs something that uses a file, and puts the file's name in front of what its content is to blame for. */
export async function inFile<T>(path: string, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    throw isEfficientNetError(error) && ABOUT_CONTENT.has(error.code) ? nameFile(path, error) : error;
  }
}

/** The same error with the file's name in front, if its message does not have it yet; and another code, if one is given. */
export function nameFile(path: string, error: EfficientNetError, code: ErrorCode = error.code): EfficientNetError {
  const [fact = ""] = error.message.split("\n");
  const { expected, received, hint } = error;
  return new EfficientNetError(code, fact.includes(path) ? fact : `${path}: ${fact}`, {
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    // What raises the limit has another name on the command line.
    ...(hint === undefined ? {} : { hint: hint.replace("maxPixels", "--max-pixels") }),
    cause: error,
  });
}
