import { createHash } from "node:crypto";
import type { CheckpointFiles } from "@efficientnet/weights";

/** SHA-256 of each file of a checkpoint, in hexadecimal, by name; the main file comes first. */
export function hashFiles(files: CheckpointFiles, name: string): ReadonlyMap<string, string> {
  const named = files instanceof Uint8Array ? [[name, files] as const] : [...files];
  return new Map(named.map(([own, bytes]) => [own, createHash("sha256").update(bytes).digest("hex")]));
}
