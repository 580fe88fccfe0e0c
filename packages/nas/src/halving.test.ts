import { drawIndex, seededRandom } from "@efficientnet/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { askHalving, type HalvingState, halvingRanking, startHalving, type Trial, tellHalving } from "./index.js";

const usual = startHalving({ candidates: 27, minBudget: 1, maxBudget: 27 });

/** Candidate 13 is the best, and every budget shows it. */
const rewardOf = ({ candidate, budget }: Trial) => budget - Math.abs(candidate - 13);

/** Runs to the end, with up to `workers` trials under way, told in an order that depends on the seed. */
function run(
  from: HalvingState,
  workers: number,
  seed: number,
): { readonly state: HalvingState; readonly trials: Trial[] } {
  const random = seededRandom(seed);
  let state = from;
  const trials: Trial[] = [];
  for (;;) {
    while (state.pending.length < workers) {
      const { trial, state: next } = askHalving(state);
      state = next;
      if (trial === null) break;
      trials.push(trial);
    }
    const trial = state.pending[drawIndex(random, state.pending.length)];
    if (trial === undefined) return { state, trials };
    // As it would be after an interruption.
    state = tellHalving(JSON.parse(JSON.stringify(state)) as HalvingState, trial, rewardOf(trial));
  }
}

describe("successive halving", () => {
  it("gives a third of the candidates three times the budget, up to the largest", () => {
    expect(usual.rungs).toEqual([
      { candidates: 27, budget: 1 },
      { candidates: 9, budget: 3 },
      { candidates: 3, budget: 9 },
      { candidates: 1, budget: 27 },
    ]);
    expect(startHalving({ candidates: 10, minBudget: 2, maxBudget: 9, eta: 2 }).rungs).toEqual([
      { candidates: 10, budget: 2 },
      { candidates: 5, budget: 4 },
      { candidates: 2, budget: 8 },
    ]);
  });

  it("spends the same budget on the same candidates, however many run at once and whenever they end", () => {
    const alone = run(usual, 1, 0);
    expect(alone.trials).toHaveLength(27 + 9 + 3 + 1);
    expect(halvingRanking(alone.state)).toEqual([13]);
    const key = ({ candidate, rung }: Trial) => `${rung}:${candidate}`;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(), (workers, seed) => {
        const { state, trials } = run(usual, workers, seed);
        expect(trials.map(key).sort()).toEqual(alone.trials.map(key).sort());
        expect(halvingRanking(state)).toEqual([13]);
      }),
      { numRuns: 30 },
    );
  });

  it("promotes equals by their number, and never one that failed", () => {
    let state = startHalving({ candidates: 6, minBudget: 1, maxBudget: 3 });
    for (let { trial } = askHalving(state); trial !== null && trial.rung === 0; { trial } = askHalving(state)) {
      state = tellHalving(askHalving(state).state, trial, trial.candidate === 0 ? null : 1);
    }
    expect(askHalving(state).trial).toEqual({ candidate: 1, rung: 1, budget: 3 });
    expect(halvingRanking(state)).toEqual([1, 2, 3, 4, 5]);
  });

  it("waits for the whole rung before the next", () => {
    let state = startHalving({ candidates: 3, minBudget: 1, maxBudget: 3 });
    for (let i = 0; i < 3; i++) state = askHalving(state).state;
    expect(askHalving(state).trial).toBeNull();
    expect(state.pending).toHaveLength(3);
  });

  it("ends early when all failed", () => {
    let state = startHalving({ candidates: 3, minBudget: 1, maxBudget: 9 });
    for (let { trial } = askHalving(state); trial !== null; { trial } = askHalving(state)) {
      state = tellHalving(askHalving(state).state, trial, null);
    }
    expect(state.told).toHaveLength(3);
    expect(halvingRanking(state)).toEqual([]);
  });

  it("refuses what cannot be", () => {
    expect(() => startHalving({ candidates: 2.5, minBudget: 1, maxBudget: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidates is 2.5
        expected: a positive whole number]
    `);
    expect(() => startHalving({ candidates: 2, minBudget: 3, maxBudget: 2 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: maxBudget - minBudget is -1
        expected: a number, not negative]
    `);
    expect(() =>
      startHalving({ candidates: 2, minBudget: 1, maxBudget: 2, eta: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: eta - 1 is 0
        expected: a positive number]
    `);
    const { trial, state } = askHalving(usual);
    expect(() => tellHalving(state, trial as Trial, Number.NaN)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reward of candidate 0 is NaN
        expected: a finite number
        hint: a candidate that could not be rated is told with null]
    `);
    expect(() => tellHalving(usual, trial as Trial, 1)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: candidate 0 does not wait for a reward in rung 0]`,
    );
  });
});
