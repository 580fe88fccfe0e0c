import { EfficientNetError } from "@efficientnet/errors";
import { checkCounts, checkNumbers } from "./check-numbers.js";

/** How budgets grow while candidates become fewer. */
export interface HalvingOptions {
  /** Candidates at the start. */
  readonly candidates: number;
  /** Budget of the first rung in any unit: epochs, steps, pictures. */
  readonly minBudget: number;
  readonly maxBudget: number;
  /** One in `eta` is promoted, to `eta` times the budget; 3 unless given. */
  readonly eta?: number;
}

/** How many candidates get which budget. */
export interface Rung {
  readonly candidates: number;
  readonly budget: number;
}

/** One candidate to be evaluated with one budget. */
export interface Trial {
  readonly candidate: number;
  readonly rung: number;
  readonly budget: number;
}

/** Successive halving between two steps, as plain JSON. */
export interface HalvingState {
  readonly rungs: readonly Rung[];
  /** Asked for and not told yet; evaluated again after an interruption. */
  readonly pending: readonly Trial[];
  /** In the order told; null for a candidate that could not be rated. */
  readonly told: readonly (Trial & { readonly reward: number | null })[];
}

/**
 * The beginning of successive halving: candidates are told apart by number, all of them start in the first rung. The
 * last rung has at least one candidate and at most `maxBudget`.
 *
 * @throws `invalid-argument` for a count or budget that is not positive, budgets out of order, or eta not above 1.
 *
 * Source: Non-stochastic Best Arm Identification and Hyperparameter Optimization (Jamieson and Talwalkar, AISTATS 2016).
 */
export function startHalving({ candidates, minBudget, maxBudget, eta = 3 }: HalvingOptions): HalvingState {
  checkCounts({ candidates });
  checkNumbers({ minBudget, "eta - 1": eta - 1 }, { "maxBudget - minBudget": maxBudget - minBudget });
  const rungs: Rung[] = [];
  for (let count = candidates, budget = minBudget; count >= 1 && budget <= maxBudget; budget *= eta) {
    rungs.push({ candidates: count, budget });
    count = Math.floor(count / eta);
  }
  return { rungs, pending: [], told: [] };
}

/**
 * The next trial, or null when all that can be asked for now is pending, or all is told. A rung begins when the one
 * before is complete: with its best, equals by number.
 */
export function askHalving(state: HalvingState): { readonly trial: Trial | null; readonly state: HalvingState } {
  for (const [rung, { budget }] of state.rungs.entries()) {
    const taken = new Set([...state.pending, ...state.told].filter((t) => t.rung === rung).map((t) => t.candidate));
    const candidate = membersOf(state, rung).find((member) => !taken.has(member));
    if (candidate !== undefined) {
      const trial: Trial = { candidate, rung, budget };
      return { trial, state: { ...state, pending: [...state.pending, trial] } };
    }
    if (state.pending.some((trial) => trial.rung === rung)) break;
  }
  return { trial: null, state };
}

/**
 * The state after a trial; null for a candidate that could not be rated, which ranks last and is not promoted.
 *
 * @throws `invalid-argument` for a trial that is not pending, or a reward that is not a finite number.
 */
export function tellHalving(state: HalvingState, trial: Trial, reward: number | null): HalvingState {
  const asked = state.pending.find((one) => one.candidate === trial.candidate && one.rung === trial.rung);
  if (asked === undefined) {
    throw new EfficientNetError(
      "invalid-argument",
      `candidate ${trial.candidate} does not wait for a reward in rung ${trial.rung}`,
    );
  }
  if (reward !== null && !Number.isFinite(reward)) {
    throw new EfficientNetError("invalid-argument", `the reward of candidate ${trial.candidate} is ${reward}`, {
      expected: "a finite number",
      hint: "a candidate that could not be rated is told with null",
    });
  }
  const pending = state.pending.filter((one) => one !== asked);
  return { ...state, pending, told: [...state.told, { ...asked, reward }] };
}

/** The candidates of the last rung that has results, best first; those not rated are left out. */
export function halvingRanking(state: HalvingState): readonly number[] {
  const last = Math.max(-1, ...state.told.map(({ rung }) => rung));
  return ranked(state, last);
}

/** Candidates of a rung: all in the first, the best of the one before in any other, none before that is complete. */
function membersOf(state: HalvingState, rung: number): readonly number[] {
  const count = state.rungs[rung]?.candidates ?? 0;
  if (rung === 0) return Array.from({ length: count }, (_, candidate) => candidate);
  const expected = membersOf(state, rung - 1).length;
  const told = state.told.filter((trial) => trial.rung === rung - 1).length;
  return told < expected || expected === 0 ? [] : ranked(state, rung - 1).slice(0, count);
}

function ranked({ told }: HalvingState, rung: number): readonly number[] {
  return told
    .flatMap(({ candidate, reward, rung: at }) => (at === rung && reward !== null ? [{ candidate, reward }] : []))
    .sort((a, b) => b.reward - a.reward || a.candidate - b.candidate)
    .map(({ candidate }) => candidate);
}
