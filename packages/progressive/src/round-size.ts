import { COUNT, check, oneOf, POSITIVE } from "./rules.js";

/** How an image size becomes one that can be trained: a whole multiple, and to which side of the exact value. */
export interface SizeRounding {
  readonly multipleOf: number;
  readonly towards: "down" | "nearest" | "up";
}

/** Truncation to whole pixels, as the released code does it. */
export const WHOLE_PIXELS: SizeRounding = { multipleOf: 1, towards: "down" };

const ROUND: Readonly<Record<SizeRounding["towards"], (value: number) => number>> = {
  down: Math.floor,
  nearest: Math.round,
  up: Math.ceil,
};

export const roundingRules = () => ({ multipleOf: COUNT, towards: oneOf(Object.keys(ROUND)) });

/**
 * An image size by a rounding rule: the multiple of `multipleOf` on the named side, at least one multiple; halves go up.
 *
 * @throws `invalid-argument` when the size is not positive or the rule is none.
 */
export function roundSize(size: number, rounding: SizeRounding): number {
  check("the image size", size, POSITIVE);
  check("the rounding", rounding, roundingRules());
  const { multipleOf, towards } = rounding;
  return Math.max(1, ROUND[towards](size / multipleOf)) * multipleOf;
}
