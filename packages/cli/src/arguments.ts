import { InvalidArgumentError } from "commander";

/** Reads a whole number above 0 from the command line. */
export function parseCount(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError("It is not a whole number above 0.");
}

/** Reads a seed: any 32-bit number that is not negative. */
export function parseSeed(text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= 0xffffffff) return value;
  throw new InvalidArgumentError("It is not a whole number from 0 to 4294967295.");
}
