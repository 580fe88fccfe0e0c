import type { Rows } from "./adam.js";
import { logProbability, probabilitiesOf } from "./policy.js";

/** Choices made by an earlier policy, and how much better than expected they turned out. */
export interface Experience {
  readonly choices: readonly number[];
  /** Logarithm of the probability that the policy gave them when they were drawn. */
  readonly logProbability: number;
  readonly advantage: number;
}

/** How far one update may go from the policy that drew, and how much it is paid to stay undecided. */
export interface PpoOptions {
  readonly clip: number;
  readonly entropyBonus: number;
}

/**
 * The gradient, by logits, of the loss `-mean(min(r A, clip(r, 1 - c, 1 + c) A)) - b H` with r the probability of the
 * choices now over what it was, A the advantage and H the entropy of the policy.
 *
 * Source: Proximal Policy Optimization Algorithms (Schulman et al., 2017), equations 7 and 9.
 */
export function ppoGradient(logits: Rows, batch: readonly Experience[], { clip, entropyBonus }: PpoOptions): Rows {
  const probabilities = probabilitiesOf(logits);
  const pulls = batch.map(({ choices, logProbability: before, advantage }) => {
    const ratio = Math.exp(logProbability(probabilities, choices) - before);
    const clipped = advantage > 0 ? ratio > 1 + clip : ratio < 1 - clip;
    return { choices, weight: clipped ? 0 : ratio * advantage };
  });
  const entropies = probabilities.map((row) => -row.reduce((sum, p) => sum + (p > 0 ? p * Math.log(p) : 0), 0));
  return probabilities.map((row, decision) =>
    row.map((p, option) => {
      const pull = pulls.reduce(
        (sum, { choices, weight }) => sum + weight * ((choices[decision] === option ? 1 : 0) - p),
        0,
      );
      const towardsEntropy = p > 0 ? -p * (Math.log(p) + (entropies[decision] ?? 0)) : 0;
      return -pull / batch.length - entropyBonus * towardsEntropy;
    }),
  );
}
