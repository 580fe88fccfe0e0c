import { EfficientNetError } from "@efficientnet/errors";
import { contentHash } from "../canonical-json.js";
import { checkCounts } from "../check-numbers.js";
import { countArchitectures } from "../genotype-index.js";
import type { Limits } from "../limits.js";
import { type RewardProduct, validateReward } from "../reward-product.js";
import type { SearchSpace } from "../search-space.js";
import { type StrategySettings, startSearch } from "../strategy/start-search.js";
import { validateSpace } from "../validate-space.js";

/** What is to be searched, how, by how many machines. */
export interface PlanSearchOptions {
  readonly space: SearchSpace;
  /** Networks to evaluate, all shards together. */
  readonly samples: number;
  /** Parts that may run anywhere, in any order; 1 unless given. */
  readonly shards?: number;
  readonly seed?: number;
  readonly strategy?: PlanStrategy;
  readonly limits?: Limits;
  readonly reward: RewardProduct;
  /** How a network is evaluated (epochs, data, image size ...): plain data that this package only compares. */
  readonly evaluation?: Evaluation;
  /** Version of the code that evaluates; results of another one are refused. */
  readonly codeVersion: string;
}

/** A strategy, or the networks themselves by their numbers in the space, one a sample. */
export type PlanStrategy = StrategySettings | { readonly name: "listed"; readonly networks: readonly string[] };

/** Plain data that says how networks are evaluated. */
export type Evaluation = Readonly<Record<string, unknown>>;

/** A whole search as plain JSON: every shard needs this and its own number. */
export interface SearchPlan extends Required<PlanSearchOptions> {
  readonly format: typeof PLAN_FORMAT;
  /** Hash of everything else in the plan. */
  readonly hash: string;
}

/** The first field of a plan's file. */
export const PLAN_FORMAT = "efficientnet-search-plan/1";

/**
 * A plan: the options made explicit, and a hash of them all.
 *
 * @throws `invalid-argument` for a space, strategy, limit or reward that cannot be, or more shards than samples;
 * `unsupported` for more samples than the space has networks.
 */
export function planSearch(options: PlanSearchOptions): SearchPlan {
  const { space, samples, shards = 1, seed = 0, strategy = { name: "random" }, limits = {}, reward } = options;
  if (strategy.name === "listed") checkListed(space, samples, strategy.networks);
  else startSearch({ space, strategy, limits, seed });
  validateReward(reward);
  checkCounts({ samples, shards });
  if (shards > samples) {
    throw new EfficientNetError("invalid-argument", `${samples} samples cannot be shared by ${shards} shards`, {
      expected: "at least one sample each",
    });
  }
  if (BigInt(samples) > countArchitectures(space)) {
    const fact = `${space.name} has ${countArchitectures(space)} networks, fewer than ${samples} samples`;
    throw new EfficientNetError("unsupported", fact);
  }
  const { evaluation = {}, codeVersion } = options;
  const content = {
    format: PLAN_FORMAT,
    codeVersion,
    space,
    samples,
    shards,
    seed,
    strategy,
    limits,
    reward,
    evaluation,
  } as const;
  // What JSON drops or changes must not be in the hash.
  const plain = JSON.parse(JSON.stringify(content)) as typeof content;
  return { hash: contentHash(plain), ...plain };
}

function checkListed(space: SearchSpace, samples: number, networks: readonly string[]): void {
  const refuse = (fact: string, expected: string) => {
    throw new EfficientNetError("invalid-argument", fact, { expected });
  };
  validateSpace(space);
  if (networks.length !== samples) refuse(`${networks.length} networks are listed`, `${samples}, one a sample`);
  if (new Set(networks).size !== samples) refuse("a network is listed twice", "networks that differ");
  const size = countArchitectures(space);
  for (const network of networks) {
    if (!/^(0|[1-9]\d*)$/.test(network) || BigInt(network) >= size)
      refuse(`network ${network} is listed`, `from 0 to ${size - 1n}`);
  }
}

/**
 * A plan from the text of its file.
 *
 * @throws `wrong-file` for text that is no plan, or a plan that was changed after it was made.
 */
export function parsePlan(text: string): SearchPlan {
  const plan = readJson(text) as SearchPlan;
  if (plan?.format !== PLAN_FORMAT) {
    throw new EfficientNetError("wrong-file", "this is no search plan", {
      expected: `JSON with format ${PLAN_FORMAT}`,
      received: `format ${JSON.stringify(plan?.format)}`,
    });
  }
  const { hash, ...content } = plan;
  const actual = contentHash(content);
  if (actual === hash) return plan;
  throw new EfficientNetError("wrong-file", `the plan says hash ${hash} and its content has ${actual}`, {
    hint: "a plan is not edited: make another one",
  });
}

/** The text of a plan's file: the inverse of `parsePlan`. */
export function formatPlan(plan: SearchPlan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "the plan is not JSON", { cause });
  }
}
