import { drawChance, type Random } from "@efficientnet/random";
import { checkGenotype } from "./genotype-index.js";
import type { Genotype, SearchSpace } from "./search-space.js";

/**
 * A child of two networks: every decision from either parent, as likely from one as from the other.
 *
 * @throws `invalid-argument` for a genotype that is not of this space.
 */
export function crossGenotypes(space: SearchSpace, a: Genotype, b: Genotype, random: Random = Math.random): Genotype {
  checkGenotype(space, a);
  checkGenotype(space, b);
  return a.map((choices, stage) =>
    choices.map((choice, place) => (drawChance(random, 0.5) ? choice : (b[stage]?.[place] ?? choice))),
  );
}
