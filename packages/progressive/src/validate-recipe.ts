import { progressRule } from "./ramp.js";
import type { BatchSize, LearningRate, Recipe, Span } from "./recipe.js";
import { regulariserRules } from "./regulariser-rules.js";
import { roundingRules } from "./round-size.js";
import { COUNT, check, NAME, OBJECT, oneOf, POSITIVE, type Rule, type Rules } from "./rules.js";

const spanRules = (rule: Rule) => ({ from: rule, to: rule }) satisfies Record<keyof Span, Rule>;

/** A total with at least one unit for every stage, or a length for each. */
const lengthRule = (stages: number): Rule => [
  `an integer from ${stages}, or ${stages} positive integers`,
  (length) =>
    Array.isArray(length)
      ? length.length === stages && length.every(COUNT[1])
      : COUNT[1](length) && (length as number) >= stages,
];

const batchRules = (batch: BatchSize): Rule | Rules => {
  if (typeof batch !== "object" || batch === null) return COUNT;
  const { multipleOf } = batch;
  return {
    multipleOf: COUNT,
    atLargest: [`a positive multiple of ${multipleOf}`, (value) => COUNT[1](value) && Number(value) % multipleOf === 0],
  };
};

const rateRules = (rate: LearningRate): Rule | Rules =>
  typeof rate === "object" && rate !== null ? { value: POSITIVE, per: POSITIVE } : POSITIVE;

/**
 * Throws for a recipe that no schedule follows from: the first impossible value, with its path. What comes from JSON may
 * be passed as it is.
 *
 * @throws `invalid-argument`, for example `imageSize.from of my recipe is 0`.
 */
export function validateRecipe(recipe: unknown): asserts recipe is Recipe {
  check("the recipe", recipe, OBJECT);
  const given = recipe as Recipe;
  const owner = given.name || "the recipe";
  check(owner, given, {
    name: NAME,
    stages: COUNT,
    ramp: { imageSize: progressRule(), regularisers: progressRule() },
    duration: { unit: oneOf(["epochs", "steps"]), length: lengthRule(given.stages) },
    imageSize: { ...spanRules(COUNT), ...(given.imageSize?.rounding !== null && { rounding: roundingRules() }) },
    regularisers: regulariserRules(given.regularisers, spanRules),
    batchSize: batchRules(given.batchSize),
    learningRate: rateRules(given.learningRate),
  });
}
