import type { Random } from "@efficientnet/random";
import type { Genotype, SearchSpace } from "../search-space.js";

/** A network that a strategy proposes. */
export interface Draw {
  readonly genotype: Genotype;
  /** Of a strategy that has a policy: the logarithm of the probability with which it drew the network. */
  readonly logProbability?: number;
}

/** A proposed network and its reward. */
export interface RatedDraw extends Draw {
  readonly reward: number;
}

/** How the next network is chosen and what is learned from its reward: pure, with a state that is plain JSON. */
export interface Strategy<State> {
  /** One draw; `random` depends on the seed and the number of the draw alone, `fresh` repeats no network. */
  propose(space: SearchSpace, state: State, random: Random, fresh: () => Genotype): Draw;
  /** The state after a network was rated. */
  learn(state: State, rated: RatedDraw): State;
}
