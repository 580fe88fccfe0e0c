export interface Difference {
  /** Largest absolute difference. */
  readonly worst: number;
  /** Flat index where it stands. */
  readonly at: number;
  readonly actual: number;
  readonly expected: number;
}

/** The largest difference between two equally long arrays. NaN on either side counts as infinitely far. */
export function worstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): Difference {
  if (actual.length !== expected.length) throw new Error(`${actual.length} values against ${expected.length}`);
  let worst: Difference = { worst: 0, at: 0, actual: actual[0] ?? 0, expected: expected[0] ?? 0 };
  for (let i = 0; i < expected.length; i++) {
    const [a, e] = [actual[i] ?? Number.NaN, expected[i] ?? Number.NaN];
    const difference = Number.isNaN(a) || Number.isNaN(e) ? Number.POSITIVE_INFINITY : Math.abs(a - e);
    if (difference > worst.worst) worst = { worst: difference, at: i, actual: a, expected: e };
  }
  return worst;
}

/** Throws, saying the worst difference and where it stands, unless every value is within the tolerance. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  const { worst, at, actual: a, expected: e } = worstDifference(actual, expected);
  if (!(worst <= tolerance)) {
    throw new Error(`values differ by ${worst} at ${at} (${a} against ${e}); allowed ${tolerance}`);
  }
}
