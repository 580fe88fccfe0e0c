/** One class of an answer. */
export interface Prediction {
  /** Index of the classifier's output. */
  readonly index: number;
  readonly label: string;
  /** Softmax over all classes. */
  readonly probability: number;
}

/** `exp(x) / sum(exp(x))`, shifted by the maximum so that no large logit overflows. */
export function softmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((max, value) => Math.max(max, value), Number.NEGATIVE_INFINITY);
  const exponentials = values.map((value) => Math.exp(value - largest));
  const sum = exponentials.reduce((total, value) => total + value, 0);
  return exponentials.map((value) => value / sum);
}

/** The `k` most probable classes, best first. Without labels a class is called by its index. */
export function topPredictions(
  logits: ArrayLike<number>,
  labels: readonly string[] | null,
  k: number,
): readonly Prediction[] {
  return [...softmax(logits)]
    .map((probability, index) => ({ index, label: labels?.[index] ?? `class ${index}`, probability }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, k);
}
