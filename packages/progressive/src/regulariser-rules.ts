import type { KnownRegulariser } from "./recipe.js";
import { NOT_NEGATIVE, NUMBER, OBJECT, RATE, type Rule, type Rules } from "./rules.js";

const BOUNDS: Readonly<Record<KnownRegulariser, Rule>> = {
  dropoutRate: RATE,
  dropPathRate: RATE,
  randAugmentMagnitude: NOT_NEGATIVE,
  mixupAlpha: NOT_NEGATIVE,
  cutmixAlpha: NOT_NEGATIVE,
};

/** A rule for each regulariser there is, made of its bounds: any number for one that only the caller knows. */
export function regulariserRules(regularisers: unknown, rulesOf: (bounds: Rule) => Rule | Rules): Rule | Rules {
  if (!OBJECT[1](regularisers)) return OBJECT;
  const rules = Object.keys(regularisers as object).map((name) => {
    const bounds = Object.hasOwn(BOUNDS, name) ? BOUNDS[name as KnownRegulariser] : NUMBER;
    return [name, rulesOf(bounds)];
  });
  return Object.fromEntries(rules);
}
