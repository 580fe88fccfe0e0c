import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, validateSpec } from "@efficientnet/specs";

/**
 * A network from the text of its file.
 *
 * @throws `wrong-file` for text that is not a JSON object, `invalid-argument` for a network that cannot be built.
 */
export function parseSpec(text: string): ArchitectureSpec {
  let spec: ArchitectureSpec;
  try {
    spec = JSON.parse(text);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "the spec is not JSON", { cause });
  }
  if (typeof spec !== "object" || spec === null || Array.isArray(spec)) {
    throw new EfficientNetError("wrong-file", `the spec is ${text.slice(0, 40)}`, { expected: "a JSON object" });
  }
  validateSpec(spec);
  return spec;
}

/** The text of a network's file: the inverse of `parseSpec`. */
export function formatSpec(spec: ArchitectureSpec): string {
  return `${JSON.stringify(spec, null, 2)}\n`;
}
