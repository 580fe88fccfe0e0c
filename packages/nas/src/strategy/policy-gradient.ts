import type { Genotype, SearchSpace } from "../search-space.js";
import { type AdamState, type Rows, startAdam, stepAdam } from "./adam.js";
import { drawChoices, logProbability, probabilitiesOf } from "./policy.js";
import { ppoGradient } from "./ppo.js";
import type { RatedDraw, Strategy } from "./strategy.js";

/** How the controller learns. */
export interface PolicyGradientSettings {
  /** Rewards to an update. */
  readonly batch: number;
  /** Steps of Adam to an update. */
  readonly epochs: number;
  readonly learningRate: number;
  /** An update gains nothing from making a network more or less likely than by this fraction. */
  readonly clip: number;
  /** What a nat of entropy is worth, in standard deviations of the reward. */
  readonly entropyBonus: number;
  /** Share of the old baseline kept at an update. */
  readonly baselineDecay: number;
}

/** The settings, the policy as logits (one row per decision), and what it waits to learn from. */
export interface PolicyGradientState extends PolicyGradientSettings {
  readonly name: "policy-gradient";
  readonly logits: Rows;
  readonly adam: AdamState;
  /** Running mean and variance of the reward, or null before the first update. */
  readonly baseline: { readonly mean: number; readonly variance: number } | null;
  readonly waiting: readonly RatedDraw[];
}

/** A policy that prefers nothing yet. */
export function startPolicy({ stages }: SearchSpace, settings: PolicyGradientSettings): PolicyGradientState {
  const logits = stages.flat().map(({ options }) => options.map(() => 0));
  return { name: "policy-gradient", ...settings, logits, adam: startAdam(logits), baseline: null, waiting: [] };
}

/**
 * A controller trained by proximal policy optimisation, as in MnasNet; where that is a recurrent network, this policy is
 * one categorical distribution per decision, independent of each other.
 *
 * Source: MnasNet paper, section 4.2; Proximal Policy Optimization Algorithms (Schulman et al., 2017).
 */
export const policyGradient: Strategy<PolicyGradientState> = {
  propose({ stages }, { logits }, random) {
    const probabilities = probabilitiesOf(logits);
    const choices = drawChoices(probabilities, random);
    return { genotype: splitLike(stages, choices), logProbability: logProbability(probabilities, choices) };
  },
  learn(state, rated) {
    const waiting = [...state.waiting, rated];
    return waiting.length < state.batch ? { ...state, waiting } : update({ ...state, waiting });
  },
};

function update(state: PolicyGradientState): PolicyGradientState {
  const { waiting, epochs, learningRate } = state;
  const baseline = movedBaseline(state);
  const batch = waiting.map(({ genotype, reward, logProbability: before = 0 }) => ({
    choices: genotype.flat(),
    logProbability: before,
    // In standard deviations, so that no setting depends on the scale of the reward.
    advantage: (reward - baseline.mean) / Math.sqrt(baseline.variance + 1e-12),
  }));
  let { logits: weights, adam } = state;
  for (let epoch = 0; epoch < epochs; epoch++) {
    ({ weights, adam } = stepAdam(weights, ppoGradient(weights, batch, state), adam, learningRate));
  }
  return { ...state, logits: weights, adam, baseline, waiting: [] };
}

function movedBaseline({ waiting, baseline, baselineDecay }: PolicyGradientState) {
  const mean = waiting.reduce((sum, { reward }) => sum + reward, 0) / waiting.length;
  const variance = waiting.reduce((sum, { reward }) => sum + (reward - mean) ** 2, 0) / waiting.length;
  const kept = baseline === null ? 0 : baselineDecay;
  return {
    mean: kept * (baseline?.mean ?? 0) + (1 - kept) * mean,
    variance: kept * (baseline?.variance ?? 0) + (1 - kept) * variance,
  };
}

/** A flat list of choices, stage by stage again. */
function splitLike(stages: SearchSpace["stages"], choices: readonly number[]): Genotype {
  let next = 0;
  return stages.map((dimensions) => dimensions.map(() => choices[next++] ?? 0));
}
