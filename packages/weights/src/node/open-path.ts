import { statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EfficientNetError } from "@efficientnet/errors";
import type { OpenSource, WeightsPart } from "../download/weights-origin.js";

/** A path as people write it: a file URL, or with `~` for the home folder. */
function expandPath(path: string): string {
  if (/^file:/i.test(path)) return fileURLToPath(path);
  return /^~[\\/]/.test(path) ? join(homedir(), path.slice(2)) : path;
}

export function isFile(path: string): boolean {
  try {
    return statSync(expandPath(path), { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}

/** A file on this machine, and those beside it. */
export const openPath: OpenSource<"path"> = ({ path }) => {
  const main = expandPath(path);
  return { main: localPart(main), beside: (name) => localPart(join(dirname(main), name)) };
};

function localPart(path: string): WeightsPart {
  return {
    name: basename(path),
    size: async () => (await stat(path).catch(() => null))?.size ?? null,
    async read() {
      try {
        const bytes = await readFile(path);
        return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      } catch (cause) {
        throw new EfficientNetError("unknown-name", `${path} cannot be read`, {
          received: cause instanceof Error ? cause.message : String(cause),
          cause,
        });
      }
    },
  };
}
