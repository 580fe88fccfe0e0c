import type { CentralEntry } from "./central-directory.js";
import { badZip, quote } from "./zip-bytes.js";

/** Weights hardly shrink; the JSON beside them shrinks tenfold. Deflate itself cannot exceed 1032. */
const MAX_RATIO = 200;
/** Small entries may be mostly zeros. */
const FREE_BYTES = 1 << 20;
/** The largest published EfficientNet (L2, 480 million parameters) takes 1.9 GB. */
const MAX_INFLATED_BYTES = 2 ** 31;

/**
 * Refuses what an archive claims before any of it is inflated.
 *
 * @throws `wrong-file` for sizes that cannot be, or that only a decompression bomb needs.
 */
export function checkBounds(entries: readonly CentralEntry[]): void {
  let inflated = 0;
  for (const { name, method, size, compressedSize } of entries) {
    if (method === "stored" && size !== compressedSize) {
      throw badZip(`zip entry ${quote(name)} is stored with two sizes`, {
        expected: `${size} bytes`,
        received: `${compressedSize} bytes`,
      });
    }
    if (name.endsWith("/") && size > 0) throw badZip(`zip entry ${quote(name)} is a directory with data in it`);
    if (method === "stored") continue;
    inflated += size;
    if (size > Math.max(FREE_BYTES, compressedSize * MAX_RATIO)) {
      throw badZip(`zip entry ${quote(name)} claims to inflate ${compressedSize} bytes to ${size}`, {
        expected: `at most ${MAX_RATIO} times as many`,
      });
    }
  }
  if (inflated > MAX_INFLATED_BYTES) {
    throw badZip(`the zip file claims to inflate to ${inflated} bytes`, { expected: `at most ${MAX_INFLATED_BYTES}` });
  }
}
