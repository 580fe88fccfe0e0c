import type { Picture } from "@efficientnet/preprocess";
import { inFile } from "../files/in-file.js";
import type { Decoded } from "./decode-ahead.js";

/**
 * Runs something on a decoded picture.
 *
 * @throws why there is none, or what `run` throws, with the file named.
 */
export function withPicture<T>(decoded: Decoded, run: (picture: Picture) => Promise<T>): Promise<T> {
  return inFile(decoded.path, () => {
    if ("error" in decoded) throw decoded.error;
    return run(decoded.picture);
  });
}
