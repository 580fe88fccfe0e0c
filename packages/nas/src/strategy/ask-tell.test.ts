import { seededRandom } from "@efficientnet/random";
import { countMacs, countParameters, getSpec } from "@efficientnet/specs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ask,
  brokenLimit,
  countArchitectures,
  crossGenotypes,
  decodeSpec,
  type Genotype,
  indexOf,
  type SearchState,
  type StrategySettings,
  sampleGenotype,
  smallTrainingAwareSpace,
  startSearch,
  tell,
  trainingAwareSpace,
} from "../index.js";

const space = trainingAwareSpace({ base: getSpec("efficientnetv2-b0") });
const small = smallTrainingAwareSpace();
const STRATEGIES: readonly StrategySettings[] = [
  { name: "random" },
  { name: "evolution", population: 4, tournament: 2 },
  { name: "evolution", population: 4, tournament: 2, crossover: 0.5 },
  { name: "policy-gradient", batch: 3 },
];

/** Any reward will do that follows from the network alone. */
const rewardOf = (genotype: Genotype) => seededRandom(...genotype.flat())();

/** Asks and tells so many times, and the networks asked for. */
function run(from: SearchState, steps: number): { readonly state: SearchState; readonly asked: readonly bigint[] } {
  let state = from;
  const asked: bigint[] = [];
  for (let step = 0; step < steps; step++) {
    const next = ask(state);
    asked.push(indexOf(state.space, next.proposal.genotype));
    state = tell(next.state, { number: next.proposal.number, reward: rewardOf(next.proposal.genotype) });
  }
  return { state, asked };
}

describe.each(STRATEGIES)("ask and tell with $name", (strategy) => {
  it("go on from a state that has been through JSON as if nothing had happened", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(30), (seed, stop) => {
        const start = startSearch({ space, strategy, seed });
        const whole = run(start, 30);
        const first = run(start, stop);
        const second = run(JSON.parse(JSON.stringify(first.state)), 30 - stop);
        expect([...first.asked, ...second.asked]).toEqual(whole.asked);
        expect(second.state).toEqual(whole.state);
      }),
      { numRuns: 20 },
    );
  });

  it("change no state that they are given", () => {
    const state = startSearch({ space, strategy });
    const before = JSON.stringify(state);
    const asked = ask(state);
    tell(asked.state, { number: 0, reward: 1 });
    expect(JSON.stringify(state)).toBe(before);
    expect(asked.state.pending).toEqual([asked.proposal]);
  });

  it("differ by seed", () => {
    const asked = [1, 2].map((seed) => run(startSearch({ space, strategy, seed }), 10).asked);
    expect(asked[0]).not.toEqual(asked[1]);
  });

  it("take rewards in another order than asked, and none for a network that failed", () => {
    const proposals = [];
    let state = startSearch({ space, strategy });
    for (let i = 0; i < 6; i++) {
      const next = ask(state);
      proposals.push(next.proposal);
      state = next.state;
    }
    for (const { number } of [...proposals].reverse())
      state = tell(state, { number, reward: number === 2 ? null : number });
    expect(state.pending).toEqual([]);
    expect(JSON.stringify(state.strategy)).not.toContain('"reward":2');
    expect(ask(state).proposal.number).toBe(6);
  });

  it("propose only what is within the limits", () => {
    const limits = { maxParameters: 120_000, minParameters: 40_000, maxMacs: 4e6, imageSize: 32 };
    let state = startSearch({ space: small, strategy, limits });
    for (let i = 0; i < 40; i++) {
      const next = ask(state);
      const spec = decodeSpec(small, next.proposal.genotype);
      expect(countParameters(spec).trainable).toBeLessThanOrEqual(120_000);
      expect(countParameters(spec).trainable).toBeGreaterThanOrEqual(40_000);
      expect(countMacs(spec, 32).total).toBeLessThanOrEqual(4e6);
      expect(brokenLimit(spec, limits)).toBeNull();
      state = tell(next.state, { number: i, reward: rewardOf(next.proposal.genotype) });
    }
    expect(state.draws).toBeGreaterThan(40);
  });

  it("say so when no network is within the limits", () => {
    const state = startSearch({ space: small, strategy, limits: { maxParameters: 1000 } });
    expect(() => ask(state)).toThrow(/^none of 1000 networks drawn from training-aware-small-v2 is within limits\n/);
  });
});

describe("ask", () => {
  it("draws no network twice in random search, and says when the space is used up", () => {
    const six = { ...small, name: "six", stages: small.stages.map((stage, i) => (i === 1 ? stage.slice(1, 3) : [])) };
    expect(countArchitectures(six)).toBe(6n);
    const { state, asked } = run(startSearch({ space: six, seed: 3 }), 6);
    expect([...asked].sort()).toEqual([0n, 1n, 2n, 3n, 4n, 5n]);
    expect(() => ask(state)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: all 6 networks of six have been drawn
        hint: ask for fewer samples, or widen the space]
    `);
  });

  it("names the limit that the last network broke", () => {
    const limits = { minMacs: 1e12 };
    expect(() => ask(startSearch({ space: small, limits }))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: none of 1000 networks drawn from training-aware-small-v2 is within limits
        expected: {"minMacs":1000000000000}
        received: the last one: 2680704 macs are fewer than 1000000000000
        hint: widen the limits, or the space]
    `);
  });
});

describe("tell", () => {
  const asked = ask(startSearch({ space })).state;

  it("refuses a reward that is not a number, and a network that was not asked for", () => {
    expect(() => tell(asked, { number: 0, reward: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reward of network 0 is NaN
        expected: a finite number
        hint: a network that could not be rated is told with null]
    `);
    expect(() => tell(asked, { number: 1, reward: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: network 1 does not wait for a reward
        expected: 0]
    `);
    const told = tell(asked, { number: 0, reward: 0.5 });
    expect(() => tell(told, { number: 0, reward: 0.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: network 0 does not wait for a reward
        expected: a network that was asked for]
    `);
  });
});

describe("startSearch", () => {
  it("refuses settings that cannot be", () => {
    const start = (strategy: unknown) => () => startSearch({ space, strategy: strategy as StrategySettings });
    expect(start({ name: "evolve" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown strategy "evolve"
        hint: known: random, evolution, policy-gradient]
    `);
    expect(start({ name: "evolution", population: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: population is 0
        expected: a positive whole number]
    `);
    expect(start({ name: "policy-gradient", clip: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: clip is -1
        expected: a positive number]
    `);
    expect(() => startSearch({ space, limits: { maxMacs: Number.NaN } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: maxMacs is NaN
        expected: a number, not negative]
    `);
  });

  it("makes the usual settings explicit", () => {
    const { strategy } = startSearch({ space, strategy: { name: "evolution" } });
    expect(strategy).toEqual({ name: "evolution", population: 20, tournament: 10, crossover: 0, members: [] });
  });
});

describe("crossGenotypes", () => {
  it("takes every decision from one of two parents, from each as often", () => {
    const random = seededRandom(4);
    const [a, b] = [sampleGenotype(space, () => 0), sampleGenotype(space, () => 0.99)];
    const children = Array.from({ length: 400 }, () => crossGenotypes(space, a, b, random).flat());
    const fromB = children.flat().filter((choice, at) => choice === b.flat()[at % b.flat().length] && choice !== 0);
    expect(children.flat().every((choice, at) => [a, b].some((p) => p.flat()[at % a.flat().length] === choice))).toBe(
      true,
    );
    expect(fromB.length / children.flat().length).toBeCloseTo(0.5, 1);
  });
});
