import { EfficientNetError } from "@efficientnet/errors";

function check(name: string, value: number, holds: boolean, expected: string): void {
  if (!holds) throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected });
}

export function checkAtLeast(name: string, value: number, least: number): void {
  check(name, value, value >= least && value < Number.POSITIVE_INFINITY, `a finite number, ${least} or more`);
}

export function checkWhole(name: string, value: number, least: number): void {
  check(name, value, Number.isSafeInteger(value) && value >= least, `a whole number, ${least} or more`);
}

export function checkProbability(name: string, value: number): void {
  check(name, value, value >= 0 && value <= 1, "a probability from 0 to 1");
}

/** A range from above 0 to at most `most`. */
export function checkRange(name: string, [low, high]: readonly [number, number], most: number): void {
  if (!(low > 0 && low <= high && high <= most)) {
    throw new EfficientNetError("invalid-argument", `${name} is ${low} to ${high}`, {
      expected: `two finite numbers above 0${most < Number.MAX_VALUE ? `, at most ${most}` : ""}, the smaller first`,
    });
  }
}
