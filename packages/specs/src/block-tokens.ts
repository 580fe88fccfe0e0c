import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";

/** The tokens of one block string; each is taken once, and what nobody took is an error. */
export interface BlockTokens {
  /** The value behind a key, or undefined. */
  text(key: string): string | undefined;
  /** The number behind a key; throws `invalid-argument` when it is missing and there is no fallback. */
  number(key: string, fallback?: number): number;
  /** Is there a token without a value by this name? */
  flag(key: string): boolean;
  /** Throws `unsupported` for the first token that was not taken. */
  done(): void;
  fail(code: ErrorCode, why: string): EfficientNetError;
}

/** `["r2", "se0.25", "noskip"]` as keys and values: letters, then everything from the first digit on. */
export function readTokens(block: string, tokens: readonly string[]): BlockTokens {
  const fail = (code: ErrorCode, why: string) => new EfficientNetError(code, `block "${block}": ${why}`);
  const left = new Map<string, string>();
  for (const token of tokens) {
    const [, key, value = ""] = /^([a-z]+)(\d.*)?$/.exec(token) ?? [];
    if (key === undefined) throw fail("invalid-argument", `"${token}" is not a token`);
    if (left.has(key)) throw fail("invalid-argument", `${key} is given twice`);
    left.set(key, value);
  }
  const text = (key: string) => {
    const value = left.get(key);
    left.delete(key);
    return value;
  };
  return {
    fail,
    text,
    number(key, fallback) {
      const value = text(key);
      if (value === undefined && fallback !== undefined) return fallback;
      if (value === undefined) throw fail("invalid-argument", `${key} is missing`);
      if (/^\d+(\.\d+)?(e-?\d+)?$/.test(value)) return Number(value);
      throw fail(/^\d+(\.\d+)+$/.test(value) ? "unsupported" : "invalid-argument", `${key}${value} is not a number`);
    },
    flag: (key) => left.get(key) === "" && text(key) === "",
    done() {
      for (const [key, value] of left) throw fail("unsupported", `${key}${value} is not supported`);
    },
  };
}
