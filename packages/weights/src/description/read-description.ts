import type { Checkpoint } from "../checkpoint.js";
import { DESCRIPTION_KEYS, type WeightsDescription } from "./weights-description.js";

/**
 * What a checkpoint says about itself, or null where it says nothing; imports the parser only where there is something
 * to parse.
 *
 * @throws as `parseDescription`.
 */
export async function readDescription({ metadata }: Checkpoint): Promise<WeightsDescription | null> {
  if (!metadata.has(DESCRIPTION_KEYS.version)) return null;
  const { parseDescription } = await import("./parse-description.js");
  return parseDescription(metadata);
}
