import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { efficientNetReward, HARD, mnasReward, SOFT, trainingAwareReward } from "./index.js";

const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
const accuracy = fc.double({ min: 0.01, max: 1, noNaN: true });

describe("mnasReward", () => {
  it("is the accuracy at the target", () => {
    expect(mnasReward({ accuracy: 0.75, latency: 75, target: 75 })).toBe(0.75);
    expect(mnasReward({ accuracy: 0.75, latency: 75, target: 75 }, HARD)).toBe(0.75);
  });

  it("asks about 5 % relative accuracy for twice the latency, on either side of a soft target", () => {
    const at = (latency: number) => mnasReward({ accuracy: 0.75, latency, target: 75 }, SOFT);
    expect(at(75) / at(150)).toBeCloseTo(2 ** 0.07, 12);
    expect(at(37.5) / at(75)).toBeCloseTo(2 ** 0.07, 12);
    expect(2 ** 0.07).toBeCloseTo(1.0497, 4);
  });

  it("ignores latency within a hard target and is inversely proportional to it beyond", () => {
    const at = (latency: number) => mnasReward({ accuracy: 0.75, latency, target: 75 }, HARD);
    expect([at(1), at(75), at(150)]).toEqual([0.75, 0.75, 0.375]);
  });

  it("refuses what cannot have been measured", () => {
    expect(() => mnasReward({ accuracy: -0.1, latency: 75, target: 75 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: accuracy is -0.1
        expected: a number, not negative]
    `);
    expect(() => mnasReward({ accuracy: 0.7, latency: 0, target: 75 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: latency is 0
        expected: a positive number]
    `);
    expect(() => mnasReward({ accuracy: 0.7, latency: 75, target: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: target is NaN
        expected: a positive number]
    `);
  });
});

describe("efficientNetReward", () => {
  it("is MnasNet's soft reward with multiply-adds for latency and a target of 400 million", () => {
    expect(efficientNetReward({ accuracy: 0.77, macs: 400e6 })).toBe(0.77);
    expect(efficientNetReward({ accuracy: 0.77, macs: 800e6 })).toBeCloseTo(0.77 * 2 ** -0.07, 12);
    fc.assert(
      fc.property(accuracy, positive, positive, (value, macs, target) => {
        expect(efficientNetReward({ accuracy: value, macs, target })).toBeCloseTo(
          mnasReward({ accuracy: value, latency: macs, target }),
          12,
        );
      }),
    );
  });
});

describe("trainingAwareReward", () => {
  const reference = { stepTime: 100, parameters: 19e6 };

  it("is the accuracy for the reference, and less for slower or larger networks", () => {
    expect(trainingAwareReward({ accuracy: 0.83, ...reference }, reference)).toBe(0.83);
    const slower = trainingAwareReward({ accuracy: 0.83, stepTime: 200, parameters: 19e6 }, reference);
    const larger = trainingAwareReward({ accuracy: 0.83, stepTime: 100, parameters: 38e6 }, reference);
    expect(slower).toBeCloseTo(0.83 * 2 ** -0.07, 12);
    expect(larger).toBeCloseTo(0.83 * 2 ** -0.05, 12);
  });

  it("takes other exponents", () => {
    const measured = { accuracy: 0.8, stepTime: 200, parameters: 1 };
    expect(trainingAwareReward(measured, reference, { stepTime: -1, parameters: 0 })).toBe(0.4);
  });

  it("ranks networks the same by any reference", () => {
    const measured = fc.record({ accuracy, stepTime: positive, parameters: positive });
    const cost = fc.record({ stepTime: positive, parameters: positive });
    fc.assert(
      fc.property(measured, measured, cost, cost, (a, b, one, other) => {
        const ratio = (by: typeof one) => trainingAwareReward(a, by) / trainingAwareReward(b, by);
        expect(ratio(one) / ratio(other)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("refuses a reference without cost", () => {
    expect(() =>
      trainingAwareReward({ accuracy: 0.8, ...reference }, { stepTime: 0, parameters: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stepTime of the reference is 0
        expected: a positive number]
    `);
  });
});
