import { seededRandom } from "@efficientnet/random";
import { describe, expect, it } from "vitest";
import { googleAutoAugment, timmAutoAugment } from "./auto-augment.js";
import { drawOperations } from "./draw-operations.js";
import type { Operation } from "./operation.js";
import type { AugmentPolicy } from "./policy.js";
import { googleRandAugment, timmRandAugment } from "./rand-augment.js";
import { readGoldens } from "./testing/golden.js";

const published = readGoldens<{
  readonly googleOperations: readonly string[];
  readonly timmOperations: readonly string[];
  readonly autoAugmentV0: readonly (readonly (readonly [string, number, number])[])[];
}>("policies.json");

const size = { width: 100, height: 60 };
const names = (policy: AugmentPolicy): readonly string[] => policy.choices.flat().map(({ name }) => name);
const rows = (policy: AugmentPolicy): unknown =>
  policy.choices.map((steps) => steps.map(({ name, probability, magnitude }) => [name, probability, magnitude]));

/** Operations of many pictures. */
function drawMany(policy: AugmentPolicy, pictures = 2000): readonly (readonly Operation[])[] {
  return Array.from({ length: pictures }, (_, picture) => drawOperations(size, policy, seededRandom(3, picture)));
}

const shareOf = (lists: readonly (readonly Operation[])[], op: string): number => {
  const all = lists.flat();
  return all.filter((operation) => operation.op === op).length / all.length;
};

describe("googleRandAugment", () => {
  it("has the sixteen operations of the released code", () => {
    expect(names(googleRandAugment({ magnitude: 10 })).toSorted()).toEqual(published.googleOperations.toSorted());
  });

  it("applies every operation it draws, each equally often", () => {
    const lists = drawMany(googleRandAugment({ magnitude: 10, layers: 3 }));
    expect(new Set(lists.map(({ length }) => length))).toEqual(new Set([3]));
    for (const op of published.googleOperations) expect(Math.abs(shareOf(lists, op) - 1 / 16)).toBeLessThan(0.015);
  });

  it("takes nearest pixels, grey fill and squares with a centre in the picture", () => {
    const operations = drawMany(googleRandAugment({ magnitude: 10 })).flat();
    for (const operation of operations) {
      if ("filter" in operation) expect(operation).toMatchObject({ filter: "nearest", fill: [128, 128, 128] });
      if (operation.op !== "Cutout") continue;
      const [x, y] = operation.centre;
      expect(operation.amount).toBe(40);
      expect(x >= 0 && x < 100 && y >= 0 && y < 60).toBe(true);
    }
  });

  it("refuses numbers that mean nothing", () => {
    expect(() => googleRandAugment({ magnitude: -1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: magnitude is -1
        expected: a finite number, 0 or more]
    `);
    expect(() => googleRandAugment({ magnitude: 5, layers: 1.5 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: layers is 1.5
        expected: a whole number, 0 or more]
    `);
  });
});

describe("timmRandAugment", () => {
  it("has the fifteen operations of timm", () => {
    expect(names(timmRandAugment())).toEqual(published.timmOperations);
  });

  it("takes the increasing variants where there are some", () => {
    expect(names(timmRandAugment({ increasing: true }))).toEqual([
      "AutoContrast",
      "Equalize",
      "Invert",
      "Rotate",
      "PosterizeIncreasing",
      "SolarizeIncreasing",
      "SolarizeAdd",
      "ColorIncreasing",
      "ContrastIncreasing",
      "BrightnessIncreasing",
      "SharpnessIncreasing",
      "ShearX",
      "ShearY",
      "TranslateXRel",
      "TranslateYRel",
    ]);
  });

  it("applies half of what it draws", () => {
    const counts = drawMany(timmRandAugment()).map(({ length }) => length);
    expect(Math.abs(counts.reduce((sum, count) => sum + count, 0) / counts.length - 1)).toBeLessThan(0.05);
    expect(new Set(counts)).toEqual(new Set([0, 1, 2]));
  });

  it("clips magnitudes, noise included", () => {
    const policy = timmRandAugment({ magnitude: 9, noise: { std: 3 }, probability: 1 });
    const degrees = drawMany(policy)
      .flat()
      .flatMap((o) => (o.op === "Rotate" ? [Math.abs(o.amount)] : []));
    expect(Math.max(...degrees)).toBe(30);
    expect(new Set(degrees).size).toBeGreaterThan(50);
    const mean = degrees.reduce((sum, d) => sum + d, 0) / degrees.length;
    expect(mean).toBeGreaterThan(22);
    expect(mean).toBeLessThan(27);
  });

  it("draws magnitudes uniformly if asked to", () => {
    const policy = timmRandAugment({ magnitude: 10, noise: "uniform", probability: 1 });
    const degrees = drawMany(policy)
      .flat()
      .flatMap((o) => (o.op === "Rotate" ? [Math.abs(o.amount)] : []));
    expect(Math.abs(degrees.reduce((sum, d) => sum + d, 0) / degrees.length - 15)).toBeLessThan(1.5);
  });

  it("translates by a share of width and height", () => {
    const operations = drawMany(timmRandAugment({ magnitude: 10 })).flat();
    const amounts = (op: string): ReadonlySet<number> =>
      new Set(operations.flatMap((o) => (o.op === op && "amount" in o ? [Math.abs(o.amount)] : [])));
    expect(amounts("TranslateX")).toEqual(new Set([45]));
    expect(amounts("TranslateY")).toEqual(new Set([27]));
  });
});

describe("AutoAugment v0", () => {
  it("is the published table", () => {
    expect(rows(googleAutoAugment())).toEqual(published.autoAugmentV0);
  });

  it("of timm translates by a share instead", () => {
    const renamed = published.autoAugmentV0.map((pair) =>
      pair.map(([name, ...rest]) => [name === "TranslateY" ? "TranslateYRel" : name, ...rest]),
    );
    expect(rows(timmAutoAugment())).toEqual(renamed);
  });

  it("draws one pair, and each of its steps with its probability", () => {
    const lists = drawMany(googleAutoAugment(), 4000);
    expect(Math.max(...lists.map(({ length }) => length))).toBe(2);
    const expected = published.autoAugmentV0.flat().reduce((sum, [, probability]) => sum + probability, 0) / 25;
    expect(Math.abs(lists.flat().length / 4000 - expected)).toBeLessThan(0.03);
  });

  it("applies a pair in its order", () => {
    for (const list of drawMany(googleAutoAugment(), 4000)) {
      if (list[0]?.op === "Invert" && list.length === 2) expect(list[1]?.op).toBe("Rotate");
      expect(list[0]?.op === "AutoContrast" && list.length === 2).toBe(false);
    }
  });
});

describe("drawOperations", () => {
  it("gives the same operations for the same seeds, on any machine", () => {
    expect(
      drawOperations(size, timmRandAugment({ probability: 1, noise: { std: 0.5 } }), seededRandom(7, 12)),
    ).toMatchInlineSnapshot(`
      [
        {
          "amount": -30,
          "fill": [
            128,
            128,
            128,
          ],
          "filter": "bicubic",
          "op": "Rotate",
        },
        {
          "amount": 1.895693014722516,
          "op": "Sharpness",
        },
      ]
    `);
    expect(drawOperations(size, googleRandAugment({ magnitude: 15 }), seededRandom(7, 25))).toMatchInlineSnapshot(`
      [
        {
          "amount": -150,
          "fill": [
            128,
            128,
            128,
          ],
          "filter": "nearest",
          "op": "TranslateY",
        },
        {
          "amount": 60,
          "centre": [
            58,
            34,
          ],
          "fill": [
            128,
            128,
            128,
          ],
          "op": "Cutout",
        },
      ]
    `);
  });

  it("names the steps that are like an unknown one", () => {
    const policy = { ...googleAutoAugment(), choices: [[{ name: "Rotat", probability: 1, magnitude: 5 }]] };
    expect(() => drawOperations(size, policy, seededRandom(1))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown augmentation "Rotat"
        hint: did you mean Rotate, Contrast?]
    `);
  });

  it("refuses a policy without choices", () => {
    const policy = { ...googleAutoAugment(), choices: [] };
    expect(() => drawOperations(size, policy, seededRandom(1))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the policy has nothing to draw from
        expected: at least one choice and one filter
        received: 0 choices, 1 filters]
    `);
  });
});
