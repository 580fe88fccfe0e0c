import { drawNormal, seededRandom } from "@efficientnet/random";
import { getSpec } from "@efficientnet/specs";
import {
  ask,
  type Genotype,
  type SearchState,
  type StrategySettings,
  sampleGenotype,
  startSearch,
  tell,
  trainingAwareSpace,
} from "../index.js";

/** EfficientNetV2's space around V2-S: 24 decisions, 2,176,782,336 networks. */
export const space = trainingAwareSpace({ base: getSpec("efficientnetv2-s") });
const decisions = space.stages.flat();

/**
 * A reward with a known best, which is 1: every decision costs something unless it is the best one's, and so does every
 * pair of decisions next to each other in a stage or in the same place of neighbouring stages, so that one decision may
 * look wrong until another is right. A random network has about a half.
 */
export function landscape(seed: number): (genotype: Genotype) => number {
  const random = seededRandom(seed, "landscape");
  const best = sampleGenotype(space, random).flat();
  const alone = decisions.map(({ options }, at) => options.map((_, o) => (o === best[at] ? 0 : 0.3 + 0.7 * random())));
  const pairs = decisions.flatMap(({ options }, a) =>
    [a + 1, a + 4].flatMap((b) => {
      const others = decisions[b]?.options;
      if (others === undefined) return [];
      const costs = options.map((_, i) => others.map((_, j) => (i === best[a] && j === best[b] ? 0 : 0.5 * random())));
      return [{ a, b, costs }];
    }),
  );
  return (genotype) => {
    const choices = genotype.flat();
    const costs = [
      ...choices.map((choice, at) => alone[at]?.[choice] ?? 0),
      ...pairs.map(({ a, b, costs }) => costs[choices[a] ?? 0]?.[choices[b] ?? 0] ?? 0),
    ];
    return Math.exp(-costs.reduce((sum, cost) => sum + cost, 0) / 30);
  };
}

/** Spread of repeated measurements of one network, as short trainings have it. */
const NOISE = 0.03;

/** The true reward of the best network that a search has seen after a number of samples, measured with noise. */
export function raceOnce(strategy: StrategySettings, seed: number, samples: number): number {
  const rewardOf = landscape(seed);
  let state: SearchState = startSearch({ space, strategy, seed });
  let best = 0;
  for (let sample = 0; sample < samples; sample++) {
    const { proposal, state: asked } = ask(state);
    const reward = rewardOf(proposal.genotype);
    best = Math.max(best, reward);
    const measured = reward + NOISE * drawNormal(seededRandom(seed, "noise", sample));
    state = tell(asked, { number: proposal.number, reward: measured });
  }
  return best;
}
