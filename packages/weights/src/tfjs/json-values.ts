import { EfficientNetError } from "@efficientnet/errors";

/** A `model.json` that cannot be. */
export function damaged(fact: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `the TensorFlow.js model cannot be read: ${fact}`);
}

/** @throws `wrong-file` for anything but an object. */
export function asObject(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw damaged(`${what} is not an object`);
}

/** @throws `wrong-file` for anything but an array. */
export function asList(value: unknown, what: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw damaged(`${what} is not an array`);
}

/** @throws `wrong-file` for anything but a string. */
export function asText(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw damaged(`${what} is not text`);
}
