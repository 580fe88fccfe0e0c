import { EfficientNetError, unknownName } from "@efficientnet/errors";
import { mnasNetSpace, type SearchSpace, trainingAwareSpace, validateSpace } from "@efficientnet/nas";
import { type ArchitectureSpec, getSpec } from "@efficientnet/specs";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readText } from "../files/read-text.js";

export interface SpaceOptions {
  /** `v2`, `mnasnet`, or a JSON file with `name`, `base` and `stages`. */
  readonly space: string;
  /** What the space is built around: a network or a spec file. */
  readonly base?: string;
}

type Build = (base: ArchitectureSpec | undefined) => SearchSpace;

const SPACES: Readonly<Record<string, Build>> = {
  v2: (base) => trainingAwareSpace(base && { base }),
  mnasnet: (base) => {
    if (base === undefined) return mnasNetSpace();
    throw new EfficientNetError("invalid-argument", "MnasNet's space has a base of its own, MobileNetV2", {
      hint: "leave --base out, or write a space of your own as JSON",
    });
  },
};

/** @throws `unknown-name`; `wrong-file` or `invalid-argument` for a file that is no space. */
export async function openSpace({ space: name, base }: SpaceOptions): Promise<SearchSpace> {
  const spec = base === undefined ? undefined : isSpecFile(base) ? await readSpec(base) : getSpec(base);
  if (name.endsWith(".json")) return readSpace(name, spec);
  const build = SPACES[name];
  if (build === undefined) throw unknownName("space", name, Object.keys(SPACES));
  return build(spec);
}

async function readSpace(path: string, base: ArchitectureSpec | undefined): Promise<SearchSpace> {
  const space = parseObject(path, await readText(path, "space"));
  const based = base === undefined ? space : { ...space, base };
  validateSpace(based);
  return based;
}

function parseObject(path: string, text: string): SearchSpace {
  const expected = 'an object with "name", "base" (a spec) and "stages"';
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && "base" in value && "stages" in value)
      return value as SearchSpace;
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `${path} is not JSON`, { expected, cause });
  }
  throw new EfficientNetError("wrong-file", `${path} is no search space`, { expected });
}
