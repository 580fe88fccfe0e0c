import { drawChance, drawIndex } from "@efficientnet/random";
import { crossGenotypes } from "../crossover.js";
import { evolveGenotype, type Rated } from "../strategies.js";
import type { Strategy } from "./strategy.js";

/** How regularised evolution goes about it. */
export interface EvolutionSettings {
  /** Members at most: the youngest. */
  readonly population: number;
  /** Members that compete to be a parent. */
  readonly tournament: number;
  /** Probability that a child has two parents; 0 in the paper. */
  readonly crossover: number;
}

/** The settings and the living members, oldest first. */
export interface EvolutionState extends EvolutionSettings {
  readonly name: "evolution";
  readonly members: readonly Rated[];
}

/**
 * Regularised evolution: a first population at random, then children of the winners of tournaments; the oldest member
 * dies, whatever its reward.
 *
 * Source: Regularized Evolution for Image Classifier Architecture Search (Real et al., AAAI 2019), algorithm 1.
 */
export const evolution: Strategy<EvolutionState> = {
  propose(space, { population, tournament, crossover, members }, random, fresh) {
    if (members.length < population) return { genotype: fresh() };
    const other = drawChance(random, crossover) ? members[drawIndex(random, members.length)] : undefined;
    const child = evolveGenotype(space, members, { tournament, random });
    return { genotype: other === undefined ? child : crossGenotypes(space, child, other.genotype, random) };
  },
  learn: (state, { genotype, reward }) => ({
    ...state,
    members: [...state.members, { genotype, reward }].slice(-state.population),
  }),
};
