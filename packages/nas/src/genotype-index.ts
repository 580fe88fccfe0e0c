import { EfficientNetError } from "@efficientnet/errors";
import type { Genotype, SearchSpace } from "./search-space.js";

/** How many networks a space has: the product of the options of every decision, exactly. */
export function countArchitectures({ stages }: SearchSpace): bigint {
  return stages.flat().reduce((product, { options }) => product * BigInt(options.length), 1n);
}

/**
 * The network at a number in `[0, countArchitectures(space))`. Numbers count like the figures of a clock, the last
 * decision of the last stage fastest, so that a range of numbers is a share of the space.
 *
 * @throws `invalid-argument` for a number outside.
 */
export function genotypeAt(space: SearchSpace, index: bigint): Genotype {
  const size = countArchitectures(space);
  if (index < 0n || index >= size) {
    throw new EfficientNetError("invalid-argument", `${space.name} has no network ${index}`, {
      expected: `a number in [0, ${size})`,
    });
  }
  let rest = index;
  const backwards = [...space.stages].reverse().map((dimensions) =>
    [...dimensions].reverse().map(({ options }) => {
      const digit = rest % BigInt(options.length);
      rest /= BigInt(options.length);
      return Number(digit);
    }),
  );
  return backwards.reverse().map((digits) => digits.reverse());
}

/**
 * The number of a network: the inverse of `genotypeAt`.
 *
 * @throws `invalid-argument` for a genotype that is not of this space.
 */
export function indexOf(space: SearchSpace, genotype: Genotype): bigint {
  checkGenotype(space, genotype);
  const digits = genotype.flat();
  return space.stages
    .flat()
    .reduce((index, { options }, place) => index * BigInt(options.length) + BigInt(digits[place] ?? 0), 0n);
}

/** Throws `invalid-argument` unless the genotype names one option for every decision. */
export function checkGenotype({ name, stages }: SearchSpace, genotype: Genotype): void {
  const shape = (rows: readonly (readonly unknown[])[]) => `[${rows.map(({ length }) => length).join(",")}]`;
  if (shape(genotype) !== shape(stages)) {
    throw new EfficientNetError("invalid-argument", `the genotype makes ${shape(genotype)} decisions`, {
      expected: `${shape(stages)}, stage by stage, in ${name}`,
    });
  }
  stages.forEach((dimensions, stage) => {
    dimensions.forEach(({ name: decision, options }, place) => {
      const choice = genotype[stage]?.[place];
      if (choice !== undefined && Object.hasOwn(options, choice)) return;
      throw new EfficientNetError("invalid-argument", `${decision} of stage ${stage} is option ${choice}`, {
        expected: `an option from 0 to ${options.length - 1}`,
      });
    });
  });
}
