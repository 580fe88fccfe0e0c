import { EfficientNetError } from "@efficientnet/errors";

/** What a value must be, in words, and the test for it. */
export type Rule = readonly [expected: string, test: (value: unknown) => boolean];
/** A rule for every field, nested as the data is. */
export interface Rules {
  readonly [field: string]: Rule | Rules;
}

const number = (expected: string, test: (value: number) => boolean): Rule => [
  expected,
  (value) => Number.isFinite(value) && test(value as number),
];

export const NUMBER = number("a number", () => true);
export const POSITIVE = number("a positive number", (value) => value > 0);
export const NOT_NEGATIVE = number("a number, not negative", (value) => value >= 0);
export const RATE = number("a number in [0, 1)", (value) => value >= 0 && value < 1);
export const COUNT = number("a positive integer", (value) => value > 0 && Number.isSafeInteger(value));
export const NAME: Rule = ["a name", (value) => typeof value === "string" && value !== ""];
export const OBJECT: Rule = [
  "an object",
  (value) => typeof value === "object" && value !== null && !Array.isArray(value),
];

export const exactly = (wanted: number, why: string): Rule => [`${wanted}, ${why}`, (value) => value === wanted];
export const oneOf = (names: readonly string[]): Rule => [
  names.map((name) => JSON.stringify(name)).join(", "),
  (value) => names.includes(value as string),
];

/** The error for a value, named in words, that is not what it must be. */
export function invalid(name: string, value: unknown, expected: string): EfficientNetError {
  const shown = typeof value === "number" ? String(value) : JSON.stringify(value);
  return new EfficientNetError("invalid-argument", `${name} is ${shown}`, { expected });
}

/** Throws `invalid-argument` unless a value is what its rule says; for nested rules, the first that is not, with its path. */
export function check(name: string, value: unknown, rules: Rule | Rules, path = ""): void {
  if (isRule(rules)) {
    const [expected, test] = rules;
    if (!test(value)) throw invalid(path === "" ? name : `${path} of ${name}`, value, expected);
    return;
  }
  const fields: Readonly<Record<string, unknown>> = { ...(value as object) };
  for (const [field, rule] of Object.entries(rules)) {
    check(name, fields[field], rule, path === "" ? field : `${path}.${field}`);
  }
}

const isRule = (rule: Rule | Rules): rule is Rule => Array.isArray(rule);
