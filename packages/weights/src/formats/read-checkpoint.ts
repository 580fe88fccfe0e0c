import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { recogniseForeignFormat } from "./foreign-formats.js";
import { FORMATS } from "./formats.js";

/**
 * Reads a checkpoint of any supported format, told by its content and not by its name.
 *
 * @throws `wrong-file` when no reader knows the bytes (saying what they look like) or when they are damaged.
 */
export function readCheckpoint(bytes: Uint8Array): Checkpoint {
  const reader = Object.values(FORMATS).find(({ detect }) => detect(bytes));
  if (reader !== undefined) return reader.read(bytes);
  const found = recogniseForeignFormat(bytes);
  const names = Object.keys(FORMATS).join(", ");
  throw new EfficientNetError("wrong-file", found ? `this looks like ${found.what}` : "this is no known weights file", {
    expected: names,
    ...(found ? {} : { received: `${bytes.byteLength} bytes beginning ${hex(bytes.subarray(0, 8))}` }),
    ...(found?.hint === undefined ? {} : { hint: found.hint }),
  });
}

function hex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
