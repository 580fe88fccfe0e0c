import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatRandAugment, parseRandAugment, type RandAugmentConfig } from "./rand-augment-string.js";

describe("parseRandAugment", () => {
  it.each([
    { text: "rand", config: {} },
    { text: "rand-m9-mstd0.5-inc1", config: { magnitude: 9, noise: { std: 0.5 }, increasing: true } },
    {
      text: "rand-m15-n3-p0.7-mmax20-mstd0",
      config: { magnitude: 15, layers: 3, probability: 0.7, maxMagnitude: 20, noise: "none" },
    },
    { text: "rand-mstd101-inc0", config: { noise: "uniform", increasing: false } },
  ])("reads $text", ({ text, config }) => {
    expect(parseRandAugment(text)).toEqual(config);
  });

  it("refuses other texts and says which part", () => {
    expect(() => parseRandAugment("augmix-m5")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "augmix-m5" is not a RandAugment configuration
        expected: rand, then sections of m, n, p, mstd, mmax, inc with a number, joined by -
        received: "augmix"
        hint: for example "rand-m9-mstd0.5-inc1"]
    `);
    for (const text of ["", "rand-", "rand-m", "rand-q3", "rand-m-3", "rand-constructor1"]) {
      expect(() => parseRandAugment(text)).toThrow("is not a RandAugment configuration");
    }
  });

  it("says what it does not serve", () => {
    expect(() => parseRandAugment("rand-m9-w0")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: "w0" of "rand-m9-w0" chooses other odds or another set of operations
        hint: timmRandAugment gives a policy, whose choices can be changed as data]
    `);
  });
});

describe("formatRandAugment", () => {
  it("is the inverse of parseRandAugment", () => {
    const decimal = fc.integer({ min: 1, max: 3000 }).map((n) => n / 100);
    const config: fc.Arbitrary<RandAugmentConfig> = fc.record(
      {
        magnitude: decimal,
        layers: fc.nat(9),
        probability: fc.integer({ min: 0, max: 100 }).map((n) => n / 100),
        noise: fc.oneof(
          fc.constantFrom("none" as const, "uniform" as const),
          decimal.map((std) => ({ std })),
        ),
        maxMagnitude: decimal,
        increasing: fc.boolean(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(config, (given) => {
        expect(parseRandAugment(formatRandAugment(given))).toEqual(given);
      }),
    );
  });
});
