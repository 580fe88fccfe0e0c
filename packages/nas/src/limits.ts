import { EfficientNetError, unknownName } from "@efficientnet/errors";
import { type ArchitectureSpec, countMacs, countParameters } from "@efficientnet/specs";
import { checkNumbers } from "./check-numbers.js";
import { decodeSpec } from "./decode-spec.js";
import type { Genotype, SearchSpace } from "./search-space.js";

/** What a network may cost to be proposed at all; what is left out is not limited. */
export interface Limits {
  readonly minParameters?: number;
  readonly maxParameters?: number;
  readonly minMacs?: number;
  readonly maxMacs?: number;
  /** Side of the input at which multiply-adds are counted; the network's evaluation resolution unless given. */
  readonly imageSize?: number;
}

/** The compiler sees that none is missing. */
const NAMES: Readonly<Record<keyof Limits, true>> = {
  minParameters: true,
  maxParameters: true,
  minMacs: true,
  maxMacs: true,
  imageSize: true,
};

/** Throws `unknown-name` for a limit that is none, `invalid-argument` for one that is negative or not a number. */
export function checkLimits(limits: Limits): void {
  for (const name of Object.keys(limits)) {
    if (!Object.hasOwn(NAMES, name)) throw unknownName("limit", name, Object.keys(NAMES));
  }
  checkNumbers({}, { ...limits });
}

/** Counts one of the limited costs; the dearer count is not made before the other was within its limits. */
const COUNTS: readonly (readonly [
  cost: "Parameters" | "Macs",
  count: (spec: ArchitectureSpec, imageSize: number | undefined) => number,
])[] = [
  ["Parameters", (spec) => countParameters(spec).trainable],
  ["Macs", (spec, imageSize = spec.resolution.eval) => countMacs(spec, imageSize).total],
];

/** The first limit that a network breaks, as a sentence, or null: `14307880 parameters are more than 1000000`. */
export function brokenLimit(spec: ArchitectureSpec, limits: Limits): string | null {
  for (const [cost, count] of COUNTS) {
    const [least = 0, most = Number.POSITIVE_INFINITY] = [limits[`min${cost}`], limits[`max${cost}`]];
    if (least <= 0 && most === Number.POSITIVE_INFINITY) continue;
    const value = count(spec, limits.imageSize);
    if (value < least) return `${value} ${cost.toLowerCase()} are fewer than ${least}`;
    if (value > most) return `${value} ${cost.toLowerCase()} are more than ${most}`;
  }
  return null;
}

/** Draws before a search gives up finding a network within its limits. */
const MOST_DRAWS = 1000;

/** A network within limits, and how many draws it took. */
export interface DrawnWithin {
  readonly genotype: Genotype;
  readonly draws: number;
}

/**
 * The first draw within the limits.
 *
 * @throws `unsupported` after 1000 draws that all broke one, with the last reason.
 */
export function drawWithin(space: SearchSpace, limits: Limits, draw: (attempt: number) => Genotype): DrawnWithin {
  let broken: string | null = null;
  for (let attempt = 0; attempt < MOST_DRAWS; attempt++) {
    const genotype = draw(attempt);
    broken = Object.keys(limits).length === 0 ? null : brokenLimit(decodeSpec(space, genotype), limits);
    if (broken === null) return { genotype, draws: attempt + 1 };
  }
  throw new EfficientNetError(
    "unsupported",
    `none of ${MOST_DRAWS} networks drawn from ${space.name} is within limits`,
    {
      expected: JSON.stringify(limits),
      received: `the last one: ${broken}`,
      hint: "widen the limits, or the space",
    },
  );
}
