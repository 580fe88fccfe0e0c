import { EfficientNetError } from "@efficientnet/errors";

/** Throws `invalid-argument` unless every value is a positive integer; the first that is not is named. */
export function checkCounts(values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected: "a positive integer" });
  }
}
