import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, validateSpec } from "@efficientnet/specs";
import { nameFile } from "./in-file.js";
import { readText } from "./read-text.js";

/** A model is a spec of one's own where it is the name of a JSON file. */
export function isSpecFile(model: string): boolean {
  return /\.json$/i.test(model);
}

/**
 * An architecture from a JSON file.
 *
 * @throws `wrong-file` naming the first value that cannot be.
 */
export async function readSpec(path: string): Promise<ArchitectureSpec> {
  const spec = parseObject(path, await readText(path, "spec"));
  try {
    validateSpec(spec);
    return spec;
  } catch (error) {
    throw isEfficientNetError(error) ? nameFile(path, error, "wrong-file") : error;
  }
}

function parseObject(path: string, text: string): ArchitectureSpec {
  const value = parse(path, text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as ArchitectureSpec;
  throw new EfficientNetError("wrong-file", `${path} is no architecture`, {
    expected: 'an object like the "spec" of: efficientnet inspect efficientnet-b0 --json',
  });
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `${path} is not JSON`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
