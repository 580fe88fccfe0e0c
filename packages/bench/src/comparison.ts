/**
 * `times[i] / baseline[i]` round by round. What slows the machine for a while slows both sides of a round, so these
 * ratios scatter less than either time.
 */
export function pairedRatios(times: readonly number[], baseline: readonly number[]): readonly number[] {
  if (times.length !== baseline.length) {
    throw new Error(`${times.length} rounds cannot be paired with ${baseline.length}`);
  }
  return times.map((time, round) => time / (baseline[round] ?? Number.NaN));
}

/** The largest difference of an answer, in standard deviations of the answer that it is held against. */
export function relativeDifference(answer: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (answer.length !== reference.length) return Number.POSITIVE_INFINITY;
  const values = Array.from(reference);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const worst = values.reduce((most, value, i) => {
    const difference = Math.abs(value - (answer[i] ?? Number.NaN));
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(most, difference);
  }, 0);
  return worst / Math.sqrt(variance);
}
