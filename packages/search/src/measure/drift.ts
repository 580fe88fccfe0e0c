import { median } from "./spread.js";

/** Whether the machine kept its speed while something was measured, by the times of an anchor in between. */
export interface Drift {
  /** The anchor's median time in milliseconds. */
  readonly anchorMs: number;
  /** The anchor's median in the last third of the rounds over that in the first: above 1 the machine has slowed down. */
  readonly ratio: number;
  /** The ratio lies within 10 % of 1. */
  readonly steady: boolean;
}

/** More than that, and the times of the beginning and of the end do not belong together. */
const TOLERANCE = 0.1;

/** What an anchor's times, in the order of measuring, say about the machine. */
export function driftOf(anchorTimes: readonly number[]): Drift {
  const third = Math.max(1, Math.floor(anchorTimes.length / 3));
  const ratio = median(anchorTimes.slice(-third)) / median(anchorTimes.slice(0, third));
  return { anchorMs: median(anchorTimes), ratio, steady: ratio < 1 + TOLERANCE && ratio > 1 / (1 + TOLERANCE) };
}

/** A sentence for people: `the machine slowed down by 23 % while measuring (anchor 4.10 ms)`. */
export function formatDrift({ anchorMs, ratio, steady }: Drift): string {
  const change = `${Math.abs((ratio - 1) * 100).toFixed(0)} %`;
  const verb = ratio > 1 ? "slowed down" : "sped up";
  const fact = steady ? "the machine kept its speed" : `the machine ${verb} by ${change}`;
  return `${fact} while measuring (anchor ${anchorMs.toFixed(2)} ms)`;
}
