import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countArchitectures,
  evolveGenotype,
  type Genotype,
  indexOf,
  mnasNetSpace,
  mutateGenotype,
  type Rated,
  type SearchSpace,
  sampleGenotype,
  seededRandom,
  trainingAwareSpace,
} from "./index.js";

const space = trainingAwareSpace();
const differences = (a: Genotype, b: Genotype) => a.flat().filter((choice, place) => choice !== b.flat()[place]).length;

/** Six networks: few enough to see that each is drawn as often as any other. */
const six: SearchSpace = {
  ...space,
  name: "six",
  stages: space.base.stages.map((_, index) =>
    index === 0
      ? [
          { name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 5 }] },
          { name: "layers", options: [{ repeats: 1 }, { repeats: 2 }, { repeats: 3 }] },
        ]
      : [],
  ),
};

describe("sampleGenotype", () => {
  it("draws each network as often as any other", () => {
    const counts = Array<number>(6).fill(0);
    for (let number = 0; number < 6000; number++) {
      const index = Number(indexOf(six, sampleGenotype(six, seededRandom(1, number))));
      counts[index] = (counts[index] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // 99.9 % of fair draws stay below, with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.5);
  });

  it("draws the same network for the same number, on whatever machine and in whatever order", () => {
    const numbers = [0, 1, 2, 3, 4, 5];
    const draw = (number: number) => indexOf(space, sampleGenotype(space, seededRandom(42, number)));
    const shards = [0, 1].flatMap((shard) => numbers.filter((number) => number % 2 === shard).map(draw));
    expect(new Set(shards)).toEqual(new Set(numbers.map(draw)));
    expect(new Set(shards).size).toBe(6);
  });
});

describe("mutateGenotype", () => {
  it("changes one decision and stays in the space", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(space, mnasNetSpace(), six), (seed, any) => {
        const random = seededRandom(seed);
        const genotype = sampleGenotype(any, random);
        const mutated = mutateGenotype(any, genotype, random);
        expect(differences(genotype, mutated)).toBe(1);
        expect(indexOf(any, mutated)).toBeLessThan(countArchitectures(any));
      }),
    );
  });

  it("reaches every neighbour", () => {
    const genotype = sampleGenotype(six, () => 0);
    const reached = Array.from({ length: 200 }, (_, seed) =>
      indexOf(six, mutateGenotype(six, genotype, seededRandom(seed))),
    );
    expect(new Set(reached)).toEqual(new Set([1n, 2n, 3n]));
  });

  it("refuses a space without a choice", () => {
    const fixed = { ...space, name: "fixed", stages: space.stages.map(() => []) };
    expect(() => mutateGenotype(fixed, sampleGenotype(fixed))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: fixed has one network
        expected: a decision with at least two options]
    `);
  });
});

describe("evolveGenotype", () => {
  it("mutates the best of those that compete", () => {
    const [worse, better] = [sampleGenotype(space, () => 0), sampleGenotype(space, () => 0.99)];
    const population: readonly Rated[] = [
      { genotype: worse, reward: -2 },
      { genotype: better, reward: -1 },
    ];
    for (let seed = 0; seed < 50; seed++) {
      const child = evolveGenotype(space, population, { random: seededRandom(seed) });
      expect(differences(child, better)).toBe(1);
    }
  });

  it("finds a hidden network of 78 billion in 3000 trials, which random search does not come near", () => {
    expect(space.stages.flat()).toHaveLength(28);
    const hidden = sampleGenotype(space, seededRandom(99));
    const rate = (genotype: Genotype): Rated => ({ genotype, reward: 28 - differences(genotype, hidden) });
    const random = seededRandom(5);
    let population = Array.from({ length: 50 }, () => rate(sampleGenotype(space, random)));
    let best = Math.max(...population.map(({ reward }) => reward));
    for (let trial = 50; trial < 3000; trial++) {
      const child = rate(evolveGenotype(space, population, { tournament: 10, random }));
      population = [...population.slice(1), child];
      best = Math.max(best, child.reward);
    }
    const sampled = Array.from({ length: 3000 }, () => rate(sampleGenotype(space, random)).reward);
    expect(best).toBe(28);
    expect(Math.max(...sampled)).toBeLessThan(23);
  });

  it("refuses a population or a tournament of none", () => {
    expect(() => evolveGenotype(space, [])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 25 of 0 rated networks cannot have a best
        expected: at least 1 of 1]
    `);
    const population = [{ genotype: sampleGenotype(space), reward: 1 }];
    expect(() => evolveGenotype(space, population, { tournament: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: 0 of 1 rated networks cannot have a best
        expected: at least 1 of 1]
    `);
  });
});
