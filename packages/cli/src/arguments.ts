import type { LevelName } from "@efficientnet/model";
import { InvalidArgumentError } from "commander";

/** Reads a whole number above 0 from the command line. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It is not a whole number above 0.");
}

/** Reads a number above 0, such as a million multiply-adds as `1e6`. */
export function parsePositive(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError("It is not a number above 0.");
}

/** Reads a whole number from 0. */
export function parseIndex(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new InvalidArgumentError("It is not a whole number from 0.");
}

/** Reads a share, between 0 and 1. */
export function parseShare(text: string): number {
  const value = Number(text);
  if (/^\d*\.?\d+$/.test(text) && value > 0 && value < 1) return value;
  throw new InvalidArgumentError("It is not a number between 0 and 1.");
}

/** Reads a seed: any 32-bit number that is not negative. */
export function parseSeed(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 0xffffffff) return value;
  throw new InvalidArgumentError("It is not a whole number from 0 to 4294967295.");
}

/** Reads feature levels: `0,-1,head`. */
export function parseLevels(text: string): readonly LevelName[] {
  return text.split(",").map((level) => {
    if (level === "head") return level;
    if (/^-?\d+$/.test(level)) return Number(level);
    throw new InvalidArgumentError('Levels are numbers from 0 (the finest) or from -1 (the coarsest), or "head".');
  });
}

/** Reads a SHA-256 in hexadecimal, or the beginning of one. */
export function parseDigest(text: string): string {
  if (/^[0-9a-f]{8,64}$/i.test(text)) return text;
  throw new InvalidArgumentError("It is not 8 to 64 hexadecimal digits.");
}
