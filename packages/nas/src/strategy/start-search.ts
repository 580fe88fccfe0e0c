import { unknownName } from "@efficientnet/errors";
import { checkCounts, checkNumbers } from "../check-numbers.js";
import { checkLimits, type Limits } from "../limits.js";
import type { SearchSpace } from "../search-space.js";
import { validateSpace } from "../validate-space.js";
import type { EvolutionSettings, EvolutionState } from "./evolution.js";
import { type PolicyGradientSettings, type PolicyGradientState, startPolicy } from "./policy-gradient.js";
import type { RandomState } from "./random-search.js";
import type { Draw } from "./strategy.js";

/** A strategy by name, with the settings that differ from the usual ones. */
export type StrategySettings =
  | { readonly name: "random" }
  | ({ readonly name: "evolution" } & Partial<EvolutionSettings>)
  | ({ readonly name: "policy-gradient" } & Partial<PolicyGradientSettings>);

/** What a strategy remembers; plain JSON. */
export type StrategyState = RandomState | EvolutionState | PolicyGradientState;

/** A proposed network, by its number in the search. */
export interface Proposal extends Draw {
  readonly number: number;
}

/** A whole search between two steps, as plain JSON: whoever has it goes on with the same networks. */
export interface SearchState {
  readonly space: SearchSpace;
  readonly limits: Limits;
  readonly seed: number;
  /** Networks proposed so far: the number of the next one. */
  readonly asked: number;
  /** Draws so far, with those that broke a limit. */
  readonly draws: number;
  /** Proposed and not rated yet; these are evaluated again after an interruption. */
  readonly pending: readonly Proposal[];
  readonly strategy: StrategyState;
}

/** What to search, how, from which seed. */
export interface StartSearchOptions {
  readonly space: SearchSpace;
  readonly strategy?: StrategySettings;
  readonly limits?: Limits;
  readonly seed?: number;
}

const EVOLUTION: EvolutionSettings = { population: 20, tournament: 10, crossover: 0 };
const POLICY_GRADIENT: PolicyGradientSettings = {
  batch: 10,
  epochs: 2,
  learningRate: 0.1,
  clip: 0.2,
  entropyBonus: 0.01,
  baselineDecay: 0.9,
};

/**
 * The beginning of a search: random unless a strategy is named, without limits, from seed 0.
 *
 * @throws `invalid-argument` for a space, setting or limit that cannot be, `unknown-name` for a strategy.
 */
export function startSearch({ space, strategy, limits = {}, seed = 0 }: StartSearchOptions): SearchState {
  validateSpace(space);
  checkLimits(limits);
  return {
    space,
    limits,
    seed,
    asked: 0,
    draws: 0,
    pending: [],
    strategy: startStrategy(space, strategy ?? { name: "random" }),
  };
}

function startStrategy(space: SearchSpace, settings: StrategySettings): StrategyState {
  switch (settings.name) {
    case "random":
      return { name: "random" };
    case "evolution": {
      const { crossover, ...counts } = { ...EVOLUTION, ...settings };
      checkCounts({ population: counts.population, tournament: counts.tournament });
      checkNumbers({}, { crossover });
      return { ...counts, crossover, members: [] };
    }
    case "policy-gradient": {
      const { name: _, ...chosen } = { ...POLICY_GRADIENT, ...settings };
      const { batch, epochs, entropyBonus, baselineDecay, ...positive } = chosen;
      checkCounts({ batch, epochs });
      checkNumbers(positive, { entropyBonus, baselineDecay });
      return startPolicy(space, chosen);
    }
    default:
      throw unknownName("strategy", (settings as { readonly name: string }).name, STRATEGY_NAMES);
  }
}

/** The names of the strategies. */
export const STRATEGY_NAMES: readonly StrategySettings["name"][] = ["random", "evolution", "policy-gradient"];
