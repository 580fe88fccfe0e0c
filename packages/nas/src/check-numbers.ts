import { EfficientNetError } from "@efficientnet/errors";

type Named = Readonly<Record<string, number>>;

/** Throws `invalid-argument` for the first named value that is not what it must be. */
export function checkNumbers(positive: Named, notNegative: Named = {}): void {
  check(positive, "a positive number", (value) => value > 0);
  check(notNegative, "a number, not negative", (value) => value >= 0);
}

/** Throws `invalid-argument` for the first named value that is not a positive whole number. */
export function checkCounts(values: Named): void {
  check(values, "a positive whole number", (value) => Number.isInteger(value) && value > 0);
}

function check(values: Named, expected: string, test: (value: number) => boolean): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value) && test(value)) continue;
    throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected });
  }
}
