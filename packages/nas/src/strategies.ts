import { EfficientNetError } from "@efficientnet/errors";
import { drawIndex, type Random } from "@efficientnet/random";
import { checkGenotype } from "./genotype-index.js";
import type { Genotype, SearchSpace } from "./search-space.js";

/**
 * A network drawn from a space, every one as likely as any other: a step of random search.
 *
 * Source: the first version of the EfficientNetV2 paper, section 3.3, searches at random.
 */
export function sampleGenotype({ stages }: SearchSpace, random: Random = Math.random): Genotype {
  return stages.map((dimensions) => dimensions.map(({ options }) => drawIndex(random, options.length)));
}

/**
 * A neighbour of a network: one decision, any that has a choice, goes to another of its options.
 *
 * @throws `invalid-argument` for a genotype that is not of this space, or a space of one network.
 */
export function mutateGenotype(space: SearchSpace, genotype: Genotype, random: Random = Math.random): Genotype {
  checkGenotype(space, genotype);
  const open = space.stages.flatMap((dimensions, stage) =>
    dimensions.flatMap(({ options }, place) => (options.length > 1 ? [{ stage, place, count: options.length }] : [])),
  );
  const changed = open[drawIndex(random, open.length)];
  if (changed === undefined) {
    throw new EfficientNetError("invalid-argument", `${space.name} has one network`, {
      expected: "a decision with at least two options",
    });
  }
  const { stage, place, count } = changed;
  const step = 1 + drawIndex(random, count - 1);
  return genotype.map((choices, row) =>
    choices.map((choice, column) => (row === stage && column === place ? (choice + step) % count : choice)),
  );
}

/** A network and what it was rewarded with. */
export interface Rated {
  readonly genotype: Genotype;
  readonly reward: number;
}

/** How a parent is chosen. */
export interface EvolveOptions {
  /** Members that compete to be the parent; 25 unless given. */
  readonly tournament?: number;
  readonly random?: Random;
}

/**
 * The next network to try by regularised evolution: the best of a few members drawn at random, mutated. The caller rates
 * it, adds it to the population and drops the oldest member, whatever its reward.
 *
 * @throws `invalid-argument` for an empty population or tournament.
 *
 * Source: Regularized Evolution for Image Classifier Architecture Search (Real et al., AAAI 2019), algorithm 1.
 */
export function evolveGenotype(
  space: SearchSpace,
  population: readonly Rated[],
  { tournament = 25, random = Math.random }: EvolveOptions = {},
): Genotype {
  let best: Rated | undefined;
  for (let draw = 0; draw < tournament; draw++) {
    const member = population[drawIndex(random, population.length)];
    if (best === undefined || (member !== undefined && member.reward > best.reward)) best = member;
  }
  if (best === undefined) {
    throw new EfficientNetError(
      "invalid-argument",
      `${tournament} of ${population.length} rated networks cannot have a best`,
      { expected: "at least 1 of 1" },
    );
  }
  return mutateGenotype(space, best.genotype, random);
}
