import { EfficientNetError } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { decodeSpec } from "../decode-spec.js";
import { countArchitectures, genotypeAt, indexOf } from "../genotype-index.js";
import { drawWithin } from "../limits.js";
import { permuteIndex } from "../permute-index.js";
import type { Genotype } from "../search-space.js";
import { ask, tell } from "../strategy/ask-tell.js";
import { type SearchState, startSearch } from "../strategy/start-search.js";
import { type CandidateResult, checkResult, rewardOf } from "./candidate-result.js";
import type { SearchPlan } from "./search-plan.js";

/** One network of a plan, to be evaluated. */
export interface Candidate {
  /** In `[0, samples)`, the same whichever shard evaluates it. */
  readonly number: number;
  /** Number of the network in the space, in decimal figures. */
  readonly network: string;
  readonly genotype: Genotype;
  readonly spec: ArchitectureSpec;
  /** For whatever the evaluation draws; of the candidate alone. */
  readonly seed: number;
}

/**
 * The numbers of the candidates of a shard, in the order in which they are evaluated: every `shards`-th.
 *
 * @throws `invalid-argument` for a shard that the plan does not have.
 */
export function shardOf({ samples, shards }: SearchPlan, shard: number): readonly number[] {
  if (!Number.isInteger(shard) || shard < 0 || shard >= shards) {
    throw new EfficientNetError("invalid-argument", `shard ${shard} is not of this plan`, {
      expected: `a whole number from 0 to ${shards - 1}`,
    });
  }
  return Array.from({ length: Math.ceil((samples - shard) / shards) }, (_, index) => shard + index * shards);
}

/**
 * What a shard evaluates next, from its results so far in any order; null when it is done. This is all there is to
 * resuming: keep the results, call again. Networks of random search follow from their numbers alone and are the same for
 * any number of shards; each shard of another strategy is a search of its own, which learns from its own results.
 *
 * @throws `invalid-argument` for results that are not this shard's, or not of the networks that it proposed.
 */
export function nextCandidate(plan: SearchPlan, shard: number, results: readonly CandidateResult[]): Candidate | null {
  const numbers = shardOf(plan, shard);
  const byNumber = new Map(results.map((result) => [result.number, result]));
  for (const result of results) {
    checkResult(plan, result);
    if (numbers.includes(result.number)) continue;
    throw new EfficientNetError("invalid-argument", `candidate ${result.number} is not of shard ${shard}`);
  }
  const propose = proposer(plan, shard);
  for (const number of numbers) {
    const { candidate, rate } = propose(number);
    const result = byNumber.get(number);
    if (result === undefined) return candidate;
    checkNetwork(candidate, result);
    rate(rewardOf(plan, result));
  }
  return null;
}

/** Throws `invalid-argument` for a result of another network than the plan has at that number. */
export function checkNetwork({ number, network }: Candidate, result: CandidateResult): void {
  if (result.network === network) return;
  throw new EfficientNetError("invalid-argument", `candidate ${number} was evaluated as network ${result.network}`, {
    expected: `network ${network}, by the plan and the results before it`,
  });
}

/** Proposes the candidates of a shard one after the other, told the reward of each before the next. */
export function proposer(plan: SearchPlan, shard: number): Propose {
  const { space, seed, strategy, limits } = plan;
  const alone = (genotypeOf: (number: number) => Genotype): Propose => {
    return (number) => ({ candidate: candidateOf(plan, number, genotypeOf(number)), rate: () => {} });
  };
  if (strategy.name === "random") return alone((number) => plannedGenotype(plan, number));
  if (strategy.name === "listed") {
    return alone((number) => genotypeAt(space, BigInt(strategy.networks[number] ?? -1)));
  }
  let state: SearchState = startSearch({ space, limits, strategy, seed: Math.imul(seed, 0x9e3779b1) + shard });
  return (number) => {
    const asked = ask(state);
    state = asked.state;
    return {
      candidate: candidateOf(plan, number, asked.proposal.genotype),
      rate(reward) {
        state = tell(state, { number: asked.proposal.number, reward });
      },
    };
  };
}

type Propose = (number: number) => { readonly candidate: Candidate; rate(reward: number | null): void };

function candidateOf({ space, seed }: SearchPlan, number: number, genotype: Genotype): Candidate {
  return {
    number,
    network: indexOf(space, genotype).toString(),
    genotype,
    spec: decodeSpec(space, genotype),
    seed: Math.imul(seed, 0x85ebca6b) + number,
  };
}

/** The network at a number of a random search: of draws `number`, `number + samples` ... the first within limits. */
function plannedGenotype({ space, seed, samples, limits }: SearchPlan, number: number): Genotype {
  const size = countArchitectures(space);
  return drawWithin(space, limits, (attempt) => {
    const draw = BigInt(number) + BigInt(attempt) * BigInt(samples);
    if (draw < size) return genotypeAt(space, permuteIndex(seed, size, draw));
    throw new EfficientNetError("unsupported", `no network of ${space.name} is left for candidate ${number}`, {
      expected: `within ${JSON.stringify(limits)}`,
      hint: "ask for fewer samples, or widen the limits",
    });
  }).genotype;
}
