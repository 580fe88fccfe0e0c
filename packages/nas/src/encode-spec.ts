import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { canonicalJson as print } from "./canonical-json.js";
import { decodeStages } from "./decode-spec.js";
import type { Genotype, SearchSpace } from "./search-space.js";

/**
 * The genotype of a network, whatever its name: the inverse of `decodeSpec`.
 *
 * @throws `unsupported` for a network that the space does not have, with the first field that is not of it.
 */
export function encodeSpec(space: SearchSpace, spec: ArchitectureSpec): Genotype {
  const refuse = (path: string, received: unknown, expected: unknown): never => {
    const fact = `${spec.name} is not in ${space.name}: ${path} is ${print(received)}`;
    throw new EfficientNetError("unsupported", fact, { expected: print(expected) });
  };
  if (spec.stages.length !== space.stages.length) refuse("stages.length", spec.stages.length, space.stages.length);
  const genotype = space.stages.map((dimensions, index) =>
    dimensions.map(({ name, options }) => {
      const stage: Fields = { ...spec.stages[index] };
      const choice = options.findIndex((option) =>
        Object.entries(option).every(([key, value]) => stage[key] === value),
      );
      const fields = Object.keys(options[0] ?? {}).map((key) => [key, stage[key]]);
      return choice >= 0 ? choice : refuse(`${name} of stage ${index}`, Object.fromEntries(fields), options);
    }),
  );
  const same = (expected: Fields, received: Fields, prefix: string) => {
    for (const key of Object.keys({ ...expected, ...received })) {
      if (print(expected[key]) !== print(received[key])) refuse(prefix + key, received[key], expected[key]);
    }
  };
  same({ ...space.base, name: "", stages: [] }, { ...spec, name: "", stages: [] }, "");
  for (const [index, stage] of decodeStages(space, genotype).entries()) {
    same({ ...stage }, { ...spec.stages[index] }, `stages[${index}].`);
  }
  return genotype;
}

type Fields = Readonly<Record<string, unknown>>;
