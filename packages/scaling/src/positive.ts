import { EfficientNetError } from "@efficientnet/errors";

/** The value itself; throws `invalid-argument` unless it is a positive finite number. */
export function positive(name: string, value: number): number {
  if (Number.isFinite(value) && value > 0) return value;
  throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected: "a positive number" });
}
