import { EfficientNetError, type ErrorDetails } from "@efficientnet/errors";
import { checkKeys } from "../safetensors/check-keys.js";

/** A description that cannot be; the fact begins with the key that is to blame. */
export function damaged(fact: string, details: ErrorDetails = {}): EfficientNetError {
  return new EfficientNetError("wrong-file", `what the file says about itself cannot be: ${fact}`, details);
}

/**
 * A value of the metadata as JSON, flat enough and without repeated keys or a `__proto__`.
 *
 * @throws `wrong-file` naming the key.
 */
export function parseJson(key: string, text: string, maxLength: number): unknown {
  if (text.length > maxLength) {
    throw damaged(`${key} has ${text.length} characters`, { expected: `at most ${maxLength}` });
  }
  try {
    checkKeys(text, key);
    return JSON.parse(text, (name, value) => (name === "__proto__" ? undefined : value));
  } catch (cause) {
    if (cause instanceof EfficientNetError) throw cause;
    throw damaged(`${key} is not JSON`, { cause });
  }
}

/** The same where it must be an object. */
export function parseObject(key: string, text: string, maxLength: number): Readonly<Record<string, unknown>> {
  return asObject(key, parseJson(key, text, maxLength));
}

/** @throws `wrong-file` for anything but an object. */
export function asObject(key: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw damaged(`${key} is not a JSON object`);
}
