import { EfficientNetError } from "@efficientnet/errors";
import { seededRandom } from "@efficientnet/random";
import { countArchitectures, genotypeAt } from "../genotype-index.js";
import { drawWithin } from "../limits.js";
import { permuteIndex } from "../permute-index.js";
import type { Genotype } from "../search-space.js";
import { evolution } from "./evolution.js";
import { policyGradient } from "./policy-gradient.js";
import { randomSearch } from "./random-search.js";
import type { Proposal, SearchState, StrategyState } from "./start-search.js";
import type { Draw, Strategy } from "./strategy.js";

const STRATEGIES: {
  readonly [Name in StrategyState["name"]]: Strategy<Extract<StrategyState, { readonly name: Name }>>;
} = { random: randomSearch, evolution, "policy-gradient": policyGradient };

/** The strategy of a state; by its name it takes that state and no other. */
const strategyOf = ({ strategy }: SearchState) => STRATEGIES[strategy.name] as Strategy<StrategyState>;

/** A proposed network, and the search after it. */
export interface Asked {
  readonly proposal: Proposal;
  readonly state: SearchState;
}

/**
 * The next network to try. Several may be asked for before any is rated: a strategy proposes from what it was told. Draws
 * that break a limit are made again.
 *
 * @throws `unsupported` when no draw of 1000 is within the limits, or random search has tried the whole space.
 */
export function ask(state: SearchState): Asked {
  let drawn: Draw | undefined;
  const { genotype, draws } = drawWithin(state.space, state.limits, (attempt) => {
    const number = state.draws + attempt;
    const random = seededRandom(state.seed, state.strategy.name, number);
    drawn = strategyOf(state).propose(state.space, state.strategy, random, () => freshGenotype(state, number));
    return drawn.genotype;
  });
  const proposal: Proposal = { number: state.asked, ...drawn, genotype };
  const pending = [...state.pending, proposal];
  return { proposal, state: { ...state, asked: state.asked + 1, draws: state.draws + draws, pending } };
}

function freshGenotype({ space, seed }: SearchState, draw: number): Genotype {
  const size = countArchitectures(space);
  if (BigInt(draw) < size) return genotypeAt(space, permuteIndex(seed, size, BigInt(draw)));
  throw new EfficientNetError("unsupported", `all ${size} networks of ${space.name} have been drawn`, {
    hint: "ask for fewer samples, or widen the space",
  });
}

/** What became of a proposed network. */
export interface Rating {
  readonly number: number;
  /** Null when it could not be rated: the search goes on as if it had not been proposed. */
  readonly reward: number | null;
}

/**
 * The search after a network was rated, in whatever order.
 *
 * @throws `invalid-argument` for a number that is not pending, or a reward that is not a finite number.
 */
export function tell(state: SearchState, { number, reward }: Rating): SearchState {
  const proposal = state.pending.find((one) => one.number === number);
  if (proposal === undefined) {
    throw new EfficientNetError("invalid-argument", `network ${number} does not wait for a reward`, {
      expected: state.pending.map((one) => one.number).join(", ") || "a network that was asked for",
    });
  }
  if (reward !== null && !Number.isFinite(reward)) {
    throw new EfficientNetError("invalid-argument", `the reward of network ${number} is ${reward}`, {
      expected: "a finite number",
      hint: "a network that could not be rated is told with null",
    });
  }
  const { number: _, ...draw } = proposal;
  const pending = state.pending.filter((one) => one !== proposal);
  if (reward === null) return { ...state, pending };
  return { ...state, pending, strategy: strategyOf(state).learn(state.strategy, { ...draw, reward }) };
}
