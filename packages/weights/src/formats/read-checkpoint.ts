import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { recogniseForeignFormat } from "./foreign-formats.js";
import { FORMATS } from "./formats.js";

/** A checkpoint as bytes: one file, or the files that belong together by the names they have beside each other. */
export type CheckpointFiles = Uint8Array | ReadonlyMap<string, Uint8Array>;

/**
 * Reads a checkpoint of any supported format, told by its content and not by its name.
 *
 * @throws `wrong-file` when no reader knows the bytes (saying what they look like) or when they are damaged.
 */
export async function readCheckpoint(source: CheckpointFiles): Promise<Checkpoint> {
  const files = source instanceof Uint8Array ? new Map([["", source]]) : source;
  for (const { detect, load } of Object.values(FORMATS)) {
    const main = [...files.values()].find((bytes) => detect(bytes));
    if (main !== undefined) return (await load())(main, files);
  }
  throw unreadable([...files.values()][0] ?? new Uint8Array());
}

function unreadable(bytes: Uint8Array): EfficientNetError {
  const found = recogniseForeignFormat(bytes);
  const names = Object.keys(FORMATS).join(", ");
  return new EfficientNetError(
    "wrong-file",
    found ? `this looks like ${found.what}` : "this is no known weights file",
    {
      expected: names,
      ...(found ? {} : { received: `${bytes.byteLength} bytes beginning ${hex(bytes.subarray(0, 8))}` }),
      ...(found?.hint === undefined ? {} : { hint: found.hint }),
    },
  );
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
