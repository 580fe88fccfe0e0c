import { seededRandom, shuffle } from "@efficientnet/random";
import { countMacs, countParameters, getSpec } from "@efficientnet/specs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Candidate,
  type CandidateResult,
  efficientNetProduct,
  formatPlan,
  mergeResults,
  nextCandidate,
  type PlanSearchOptions,
  parsePlan,
  planNextRung,
  planSearch,
  recordFailure,
  recordResult,
  type SearchPlan,
  shardOf,
  summarise,
  trainingAwareSpace,
} from "../index.js";

const space = trainingAwareSpace({ base: getSpec("efficientnetv2-b0") });
const options: PlanSearchOptions = {
  space,
  samples: 12,
  shards: 3,
  seed: 7,
  reward: efficientNetProduct(),
  codeVersion: "1.0.0",
};
const plan = planSearch(options);

/** As reproducible as a training is with its seed; one in 16 diverges. */
function evaluate(of: SearchPlan, candidate: Candidate): CandidateResult {
  const random = seededRandom(candidate.seed);
  if (random() < 1 / 16) return recordFailure(of, candidate, "the loss is NaN after 3 steps");
  const parameters = countParameters(candidate.spec).trainable;
  const accuracy = 0.5 + 0.02 * Math.log10(parameters) + 0.1 * random();
  return recordResult(of, candidate, { accuracy, parameters, macs: countMacs(candidate.spec, 64).total });
}

/** A shard from what is left of its results to its end, or until it is killed. */
function runShard(of: SearchPlan, shard: number, from: readonly CandidateResult[], steps = Number.POSITIVE_INFINITY) {
  let results = from;
  for (let step = 0; step < steps; step++) {
    const candidate = nextCandidate(of, shard, results);
    if (candidate === null) break;
    // A file of results has been through JSON.
    results = [...results, JSON.parse(JSON.stringify(evaluate(of, candidate))) as CandidateResult];
  }
  return results;
}

const runAll = (of: SearchPlan) => Array.from({ length: of.shards }, (_, shard) => runShard(of, shard, [])).flat();

describe("planSearch", () => {
  it("has a hash that every part of it changes", () => {
    const hashes = [
      plan,
      planSearch({ ...options, seed: 8 }),
      planSearch({ ...options, shards: 4 }),
      planSearch({ ...options, codeVersion: "1.0.1" }),
      planSearch({ ...options, evaluation: { epochs: 5 } }),
      planSearch({ ...options, limits: { maxParameters: 1e7 } }),
      planSearch({ ...options, space: { ...space, base: { ...space.base, dropoutRate: 0.3 } } }),
    ].map(({ hash }) => hash);
    expect(new Set(hashes).size).toBe(hashes.length);
    expect(planSearch({ ...options }).hash).toBe(plan.hash);
    expect(plan.hash).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is read from its file as it was written, and an edited file is refused", () => {
    expect(parsePlan(formatPlan(plan))).toEqual(plan);
    const edited = formatPlan(plan).replace('"samples": 12', '"samples": 13');
    expect(() => parsePlan(edited)).toThrow(`the plan says hash ${plan.hash} and its content has`);
    expect(() => parsePlan('{"format":"spec"}')).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: this is no search plan
        expected: JSON with format efficientnet-search-plan/1
        received: format "spec"]
    `);
    expect(() => parsePlan("{")).toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: the plan is not JSON]`);
  });

  it("refuses more shards than samples, and more samples than there are networks", () => {
    expect(() => planSearch({ ...options, shards: 13 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 12 samples cannot be shared by 13 shards
        expected: at least one sample each]
    `);
    expect(() => planSearch({ ...options, samples: 2 ** 40 })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: training-aware-efficientnetv2-b0 has 1451188224 networks, fewer than 1099511627776 samples]`,
    );
    expect(() => planSearch({ ...options, reward: [] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reward has no factor
        expected: at least one]
    `);
  });
});

describe("shardOf", () => {
  it("gives every candidate to one shard", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 }), (a, b) => {
        const [samples, shards] = [Math.max(a, b), Math.min(a, b)];
        const of = { ...plan, samples, shards };
        const numbers = Array.from({ length: shards }, (_, shard) => shardOf(of, shard)).flat();
        expect(numbers.sort((x, y) => x - y)).toEqual(Array.from({ length: samples }, (_, number) => number));
      }),
    );
    expect(() => shardOf(plan, 3)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: shard 3 is not of this plan
        expected: a whole number from 0 to 2]
    `);
  });
});

describe("planNextRung", () => {
  it("plans the best third of a merged search, to be evaluated with more", () => {
    const summary = mergeResults(plan, runAll(plan));
    const next = planNextRung(plan, summary, { evaluation: { epochs: 9 } });
    const sorted = [...summary.candidates].sort((a, b) => b.reward - a.reward);
    expect([next.samples, next.shards, next.evaluation]).toEqual([4, 3, { epochs: 9 }]);
    const result = mergeResults(next, runAll(next));
    expect(result.candidates.map(({ network }) => network)).toEqual(sorted.slice(0, 4).map(({ network }) => network));
    expect(planNextRung(next, result, { eta: 9, evaluation: {} }).samples).toBe(1);
    expect(parsePlan(formatPlan(next))).toEqual(next);
  });

  it("refuses the summary of another plan", () => {
    const summary = { ...mergeResults(plan, runAll(plan)), plan: "0" };
    expect(() => planNextRung(plan, summary, { evaluation: {} })).toThrow(`the summary is of plan 0`);
  });

  it("refuses lists that are not of the space", () => {
    const listed =
      (...networks: readonly string[]) =>
      () =>
        planSearch({ ...options, samples: 2, shards: 1, strategy: { name: "listed", networks } });
    expect(listed("1", "2")).not.toThrow();
    expect(listed("1")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 1 networks are listed
        expected: 2, one a sample]
    `);
    expect(listed("1", "1")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: a network is listed twice
        expected: networks that differ]
    `);
    expect(listed("1", "99999999999999")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: network 99999999999999 is listed
        expected: from 0 to 1451188223]
    `);
  });
});

describe("mergeResults", () => {
  it("makes of 200 shards, run in random order and killed at random, exactly the result of one run", () => {
    const many = planSearch({ ...options, samples: 500, shards: 200 });
    const whole = mergeResults(many, runAll(many));
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = seededRandom(seed);
        const files = new Map<number, readonly CandidateResult[]>();
        let open = [...shuffle(random, many.shards)];
        while (open.length > 0) {
          // Each start ends after one or two candidates; a kill in the middle of one loses it.
          for (const shard of open) {
            files.set(shard, runShard(many, shard, files.get(shard) ?? [], Math.floor(random() * 3)));
          }
          open = open.filter((shard) => nextCandidate(many, shard, files.get(shard) ?? []) !== null);
        }
        const results = [...files.values()].flat();
        const shuffled = [...shuffle(random, results.length)].map((index) => results[index] as CandidateResult);
        expect(mergeResults(many, shuffled)).toEqual(whole);
      }),
      { numRuns: 5 },
    );
    expect(whole.candidates.length + whole.failures.length).toBe(500);
    expect(whole.failures.length).toBeGreaterThan(0);
  });

  it("finds by random search the same with any number of shards, no network twice", () => {
    const [one, many] = [1, 12].map((shards) => planSearch({ ...options, shards, limits: { maxParameters: 8e6 } }));
    const networks = [one, many].map((of) => {
      const { plan: _, ...found } = mergeResults(of as SearchPlan, runAll(of as SearchPlan));
      return found;
    });
    expect(networks[0]).toEqual(networks[1]);
    expect(new Set(networks[0]?.candidates.map(({ network }) => network)).size).toBe(networks[0]?.candidates.length);
    expect(Math.max(...(networks[0]?.candidates ?? []).map(({ measured }) => measured.parameters ?? 0))).toBeLessThan(
      8e6,
    );
  });

  it.each(["evolution", "policy-gradient"] as const)(
    "goes on with %s after a kill as if there had been none",
    (name) => {
      const strategy = name === "evolution" ? ({ name, population: 3 } as const) : ({ name, batch: 2 } as const);
      const of = planSearch({ ...options, samples: 24, strategy });
      const killed = Array.from({ length: 3 }, (_, shard) => {
        let results: readonly CandidateResult[] = [];
        for (let start = 0; start < 8; start++) results = runShard(of, shard, results, 1);
        return results;
      }).flat();
      expect(mergeResults(of, killed)).toEqual(mergeResults(of, runAll(of)));
    },
  );

  it("refuses what is not the whole of one plan, and says what it is", () => {
    const results = runAll(plan);
    const [first, ...rest] = results as [CandidateResult, ...CandidateResult[]];
    const refused =
      (...changed: readonly CandidateResult[]) =>
      () =>
        mergeResults(plan, changed);
    expect(refused(...results, first)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidate 0 has two results
        hint: a file may have been given twice]
    `);
    expect(refused(...rest)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 1 of 12 candidates have no result
        received: missing in shards 0 (1)
        hint: run those shards again: they go on where they stopped]
    `);
    expect(refused()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 12 of 12 candidates have no result
        received: missing in shards 0 (4), 1 (4), 2 (4)
        hint: run those shards again: they go on where they stopped]
    `);
    const other = planSearch({ ...options, seed: 9 });
    expect(refused({ ...first, plan: other.hash }, ...rest)).toThrow(`candidate 0 is of plan ${other.hash}`);
    expect(refused({ ...first, codeVersion: "1.0.1" }, ...rest)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidate 0 was evaluated by version 1.0.1
        expected: 1.0.0
        hint: evaluate with the version that made the plan, or make another plan]
    `);
    expect(refused({ ...first, network: "5" }, ...rest)).toThrow("candidate 0 was evaluated as network 5");
    expect(refused({ ...first, number: 12 }, ...rest)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidate 12 is not of the plan
        expected: a whole number from 0 to 11]
    `);
    const measured = { accuracy: Number.NaN, macs: 1 };
    const { failed: _, ...origin } = first;
    expect(refused({ ...origin, measured }, ...rest)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: accuracy of candidate 0 is NaN
        expected: a finite number
        hint: a candidate that diverged is a failure]
    `);
    expect(refused({ ...origin, measured: { accuracy: 0.7 } }, ...rest)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidate 0: macs was not measured, and the reward needs it
        received: accuracy]
    `);
    expect(
      refused({ ...origin, measured: undefined } as unknown as CandidateResult, ...rest),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: candidate 0 has nothing measured
        expected: measured, or why it failed]
    `);
  });

  it("has no front when everything failed", () => {
    const failures = Array.from({ length: 12 }, (_, number) =>
      recordFailure(plan, { ...(nextCandidate(plan, 0, []) as Candidate), number }, "out of memory"),
    );
    expect(() => summarise(plan, failures)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no candidate of 12 was measured: there is no front
        received: candidate 0: out of memory]
    `);
    expect(() => summarise(plan, [])).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: no candidate of 0 was measured: there is no front]`,
    );
  });

  it("puts on the front what none beats, and finds the highest reward", () => {
    const { front, best, candidates } = mergeResults(plan, runAll(plan));
    expect(front).toContain(best);
    const rewards = candidates.map(({ reward }) => reward);
    expect(candidates.find(({ number }) => number === best)?.reward).toBe(Math.max(...rewards));
  });
});
