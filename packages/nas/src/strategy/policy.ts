import type { Random } from "@efficientnet/random";
import type { Rows } from "./adam.js";

/** The probabilities of the options of every decision, from their logits. */
export function probabilitiesOf(logits: Rows): Rows {
  return logits.map((row) => {
    const most = Math.max(...row);
    const powers = row.map((logit) => Math.exp(logit - most));
    const sum = powers.reduce((total, power) => total + power, 0);
    return powers.map((power) => power / sum);
  });
}

/** One option for every decision, each by its probability. */
export function drawChoices(probabilities: Rows, random: Random): readonly number[] {
  return probabilities.map((row) => {
    let rest = random();
    const choice = row.findIndex((probability) => {
      rest -= probability;
      return rest < 0;
    });
    // Rounding can leave a rest after the last option.
    return choice < 0 ? row.length - 1 : choice;
  });
}

/** The logarithm of the probability of choices that are independent of each other. */
export function logProbability(probabilities: Rows, choices: readonly number[]): number {
  return choices.reduce((sum, choice, row) => sum + Math.log(probabilities[row]?.[choice] ?? 0), 0);
}
