/** First and second moments of gradients, row by row as the weights are, and the steps made. */
export interface AdamState {
  readonly steps: number;
  readonly mean: Rows;
  readonly square: Rows;
}

/** Weights or gradients: a list of lists of numbers. */
export type Rows = readonly (readonly number[])[];

/** The numbers of several rows of one form, combined. */
export function mapRows(f: (...values: number[]) => number, first: Rows, ...others: readonly Rows[]): Rows {
  return first.map((row, i) => row.map((value, j) => f(value, ...others.map((rows) => rows[i]?.[j] ?? 0))));
}

/** Nothing learned yet about weights of this form. */
export function startAdam(weights: Rows): AdamState {
  const zeros = mapRows(() => 0, weights);
  return { steps: 0, mean: zeros, square: zeros };
}

/**
 * A step against the gradient.
 *
 * Source: Adam (Kingma and Ba, ICLR 2015), algorithm 1, with its decays 0.9 and 0.999.
 */
export function stepAdam(
  weights: Rows,
  gradient: Rows,
  state: AdamState,
  learningRate: number,
): { readonly weights: Rows; readonly adam: AdamState } {
  const steps = state.steps + 1;
  const mean = mapRows((m, g) => 0.9 * m + 0.1 * g, state.mean, gradient);
  const square = mapRows((s, g) => 0.999 * s + 0.001 * g * g, state.square, gradient);
  const rate = (learningRate * Math.sqrt(1 - 0.999 ** steps)) / (1 - 0.9 ** steps);
  const moved = mapRows((w = 0, m = 0, s = 0) => w - (rate * m) / (Math.sqrt(s) + 1e-8), weights, mean, square);
  return { weights: moved, adam: { steps, mean, square } };
}
