import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, validateSpec } from "@efficientnet/specs";
import { damaged, parseObject } from "./parse-json.js";
import { DESCRIPTION_KEYS } from "./weights-description.js";

const MAX_LENGTH = 200_000;
const MAX_NAME_LENGTH = 200;
/** Ten times those of the largest network published. */
const MAX_BLOCKS = 1000;
/** No picture is larger. */
export const MAX_SIDE = 10_000;

/** An architecture from JSON that anybody may have written, small enough to be expanded. */
export function parseSpec(text: string): ArchitectureSpec {
  const spec = checked(parseObject(DESCRIPTION_KEYS.spec, text, MAX_LENGTH));
  const blocks = spec.stages.reduce((sum, { repeats }) => sum + repeats, 0);
  atMost("characters of the name", spec.name.length, MAX_NAME_LENGTH);
  atMost("blocks", blocks, MAX_BLOCKS);
  atMost("pixels of the resolution", Math.max(spec.resolution.train, spec.resolution.eval), MAX_SIDE);
  return spec;
}

function checked(value: object): ArchitectureSpec {
  const spec = value as ArchitectureSpec;
  try {
    validateSpec(spec);
    return spec;
  } catch (cause) {
    if (!isEfficientNetError(cause)) throw cause;
    const [fact = ""] = cause.message.split("\n");
    const { expected } = cause;
    throw damaged(
      `${DESCRIPTION_KEYS.spec}: ${fact.slice(0, 300)}`,
      expected === undefined ? { cause } : { expected, cause },
    );
  }
}

function atMost(what: string, value: number, limit: number): void {
  if (value <= limit) return;
  throw damaged(`${DESCRIPTION_KEYS.spec} has ${value} ${what}`, { expected: `at most ${limit}` });
}
