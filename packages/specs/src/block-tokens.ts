import { EfficientNetError, type ErrorCode } from "@efficientnet/errors";
import type { BlockSpec } from "./types.js";
import { checkStage } from "./validate-spec.js";

/** The tokens of one block string; each is taken once, and what nobody took is an error. */
export interface BlockTokens {
  /** The value behind a key, or undefined. */
  text(key: string): string | undefined;
  /** The number behind a key; throws `invalid-argument` when it is missing and there is no fallback. */
  number(key: string, fallback?: number): number;
  /** The number behind a key, the first of `allowed` when it is missing; throws `unsupported` for any other. */
  only(key: string, allowed: readonly number[]): number;
  /** Is there a token without a value by this name? */
  flag(key: string): boolean;
  /** The stage that was read; throws `unsupported` if a token is left, and if the stage is impossible. */
  finish(stage: BlockSpec): BlockSpec;
  fail(code: ErrorCode, why: string): EfficientNetError;
}

/** `["r2", "se0.25", "noskip"]` as keys and values: letters, then everything from the first digit on; timm's `nre` is n, re. */
export function readTokens(block: string, tokens: readonly string[]): BlockTokens {
  const fail = (code: ErrorCode, why: string) => new EfficientNetError(code, `block "${block}": ${why}`);
  const unsupported = (key: string, value: unknown) => fail("unsupported", `${key}${value} is not supported`);
  const left = new Map<string, string>();
  for (const token of tokens) {
    const [, activation, key = activation && "n", value = activation ?? ""] =
      /^(?:n(?!oskip$)(\w+)|([a-z]+)(\d.*)?)$/.exec(token) ?? [];
    if (key === undefined) throw fail("invalid-argument", `"${token}" is not a token`);
    if (left.has(key)) throw fail("invalid-argument", `${key} is given twice`);
    left.set(key, value);
  }
  const text = (key: string) => {
    const value = left.get(key);
    left.delete(key);
    return value;
  };
  const number = (key: string, fallback?: number) => {
    const value = text(key) ?? fallback?.toString();
    if (value === undefined) throw fail("invalid-argument", `${key} is missing`);
    if (/^\d+(\.\d+)?(e-?\d+)?$/.test(value)) return Number(value);
    throw fail("invalid-argument", `${key}${value} is not a number`);
  };
  return {
    fail,
    text,
    number,
    only(key, allowed) {
      const value = number(key, allowed[0]);
      if (allowed.includes(value)) return value;
      throw unsupported(key, value);
    },
    flag: (key) => left.get(key) === "" && text(key) === "",
    finish(stage) {
      for (const [key, value] of left) throw unsupported(key, value);
      checkStage(`block "${block}"`, stage);
      return stage;
    },
  };
}

/** The inverse of splitting: the tokens that are there, with `_` between them. */
export function joinTokens(...tokens: readonly (string | false | undefined)[]): string {
  return tokens.filter(Boolean).join("_");
}
