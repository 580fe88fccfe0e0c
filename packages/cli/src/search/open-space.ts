import { EfficientNetError, unknownName } from "@efficientnet/errors";
import {
  mnasNetSpace,
  parseSpace,
  type SearchSpace,
  smallTrainingAwareSpace,
  trainingAwareSpace,
} from "@efficientnet/nas";
import { type ArchitectureSpec, getSpec } from "@efficientnet/specs";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readText } from "../files/read-text.js";

export interface SpaceOptions {
  /** `v2`, `small-v2`, `mnasnet`, or a JSON file. */
  readonly space: string;
  /** What the space is built around: a network or a spec file. */
  readonly base?: string;
}

/** Spaces with a base of their own. */
const FIXED: Readonly<Record<string, () => SearchSpace>> = {
  "small-v2": smallTrainingAwareSpace,
  mnasnet: mnasNetSpace,
};

/**
 * @throws `unknown-name` for a space or a network; `invalid-argument` for a base where the space has its own; as
 * `parseSpace` does.
 */
export async function openSpace({ space: name, base }: SpaceOptions): Promise<SearchSpace> {
  if (name === "v2") return trainingAwareSpace(base === undefined ? {} : { base: await readBase(base) });
  const build = FIXED[name];
  if (build === undefined && !name.endsWith(".json")) throw unknownName("space", name, ["v2", ...Object.keys(FIXED)]);
  if (base !== undefined) {
    throw new EfficientNetError("invalid-argument", `the space ${name} has a base of its own`, {
      hint: "leave --base out, or build the space v2 around it",
    });
  }
  return build === undefined ? parseSpace(await readText(name, "space")) : build();
}

/** A network by name or spec file. */
export async function readBase(base: string): Promise<ArchitectureSpec> {
  return isSpecFile(base) ? readSpec(base) : getSpec(base);
}
