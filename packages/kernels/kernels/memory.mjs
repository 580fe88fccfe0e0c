/** Bytes of vector constants that the arithmetic keeps, then of zeros. */
export const CONSTANT_BYTES = 512;

/** Where the constants lie is the host's choice: memory belongs to tfjs, so nothing may stand at an address of ours. */
export function memorySource() {
  return `
// @ts-ignore: decorator
@external("env", "constants")
export declare const CONSTANTS: usize;
// @ts-ignore: decorator
@external("env", "zeros")
export declare const ZEROS: usize;
`;
}

const FIXED = /const MATH: usize = \d+;/;

/**
 * The arithmetic of the inference engine with its constants at an address that the host gives.
 *
 * @param {string} source
 */
export function relocateMath(source) {
  if (!FIXED.test(source)) throw new Error("math.ts no longer says where its constants lie");
  const ends = [...source.matchAll(/v128\.store\(MATH, .*?(?:, (\d+))?\);/g)].map(
    ([, offset = "0"]) => Number(offset) + 16,
  );
  if (Math.max(...ends) > CONSTANT_BYTES)
    throw new Error(`math.ts keeps more than ${CONSTANT_BYTES} bytes of constants`);
  return source.replace(FIXED, `import { CONSTANTS as MATH } from "./memory";`);
}
