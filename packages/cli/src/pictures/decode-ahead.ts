import { stat } from "node:fs/promises";
import { EfficientNetError } from "@efficientnet/errors";
import type { Picture, PixelLimit } from "@efficientnet/preprocess";
import { pictureFromFile } from "@efficientnet/preprocess/node";

/** A picture that was asked for, or why there is none. */
export type Decoded =
  | { readonly path: string; readonly picture: Picture }
  | { readonly path: string; readonly error: unknown };

/** Decodes pictures in order, each while the one before is being looked at: two in memory, however many are asked for. */
export async function* decodeAhead(paths: readonly string[], limit: PixelLimit = {}): AsyncGenerator<Decoded> {
  const start = (path: string | undefined) => (path === undefined ? undefined : decode(path, limit));
  let next = start(paths[0]);
  for (let i = 1; next !== undefined; i++) {
    const current: Promise<Decoded> = next;
    next = start(paths[i]);
    yield await current;
  }
}

async function decode(path: string, { maxPixels }: PixelLimit): Promise<Decoded> {
  try {
    if (await isFolder(path)) {
      throw new EfficientNetError("bad-image", `${path} is a folder`, {
        expected: "pictures",
        hint: `name the pictures in it, as ${path.replace(/[\\/]+$/, "")}/*.jpg does in most shells`,
      });
    }
    return { path, picture: await pictureFromFile(path, { maxPixels }) };
  } catch (error) {
    return { path, error };
  }
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isDirectory() === true;
}
