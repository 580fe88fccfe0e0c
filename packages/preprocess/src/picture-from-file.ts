import { readFile } from "node:fs/promises";
import { isAbsolute } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import { decodeWithSharp, type FileOptions } from "./decode-with-sharp.js";
import type { Picture } from "./picture.js";
import { isBmp, readBmp } from "./read-bmp.js";
import { tagOf } from "./tag-of.js";

/**
 * A picture from a file, by its path or its bytes. BMP is read here; everything else needs the optional peer `sharp`.
 * The pixels are those of Pillow's `convert("RGB")`, except that EXIF orientation is applied and 16-bit grey keeps its
 * high byte, where Pillow clips it. Transparency stays, for {@link preprocess} to drop or composite.
 *
 * @throws `bad-image` for a file that is absent, empty, truncated, too large or no picture; `missing-peer` without
 * sharp; `unsupported` for compressed BMP.
 */
export async function pictureFromFile(
  file: string | URL | Uint8Array | ArrayBuffer,
  options: FileOptions = {},
): Promise<Picture> {
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new EfficientNetError("bad-image", `${nameOf(file)} is empty`);
  return isBmp(bytes) ? readBmp(bytes, options) : decodeWithSharp(bytes, options);
}

async function readBytes(file: string | URL | Uint8Array | ArrayBuffer): Promise<Uint8Array> {
  if (file instanceof Uint8Array) return file;
  if (file instanceof ArrayBuffer) return new Uint8Array(file);
  if (typeof file !== "string" && !(file instanceof URL)) {
    throw new EfficientNetError("invalid-argument", "this is not a file", {
      expected: "a path, a file: URL, a Uint8Array or an ArrayBuffer",
      received: tagOf(file),
    });
  }
  try {
    return await readFile(file);
  } catch (cause) {
    const absent = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const relative = typeof file === "string" && !isAbsolute(file);
    throw new EfficientNetError(
      "bad-image",
      absent ? `there is no ${nameOf(file)}` : `${nameOf(file)} cannot be read`,
      {
        ...(absent && relative ? { hint: `relative paths start at ${process.cwd()}` } : {}),
        cause,
      },
    );
  }
}

const nameOf = (file: string | URL | Uint8Array | ArrayBuffer): string =>
  typeof file === "string" || file instanceof URL ? `file ${file}` : "the file";
