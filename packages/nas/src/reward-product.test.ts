import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  efficientNetProduct,
  efficientNetReward,
  HARD,
  mnasProduct,
  mnasReward,
  objectivesOf,
  paretoFront,
  productReward,
  type RewardProduct,
  SOFT,
  trainingAwareProduct,
  trainingAwareReward,
  validateReward,
} from "./index.js";

const cost = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
const accuracy = fc.double({ min: 0, max: 1, noNaN: true });

describe("productReward", () => {
  it("multiplies powers of what was measured over its target, by hand", () => {
    const reward: RewardProduct = [
      { measure: "accuracy", exponent: 2 },
      { measure: "latency", target: 10, exponent: { within: -0.5, beyond: -1 } },
      { measure: "memory", target: 100, exponent: -0.5 },
    ];
    expect(productReward(reward, { accuracy: 0.5, latency: 40, memory: 25, other: 3 })).toBe(0.25 * (1 / 4) * 2);
    expect(productReward(reward, { accuracy: 0.5, latency: 2.5, memory: 100 })).toBe(0.25 * 2);
  });

  it("is each paper's reward", () => {
    fc.assert(
      fc.property(accuracy, cost, cost, cost, (a, latency, target, parameters) => {
        const measured = { accuracy: a, latency, macs: latency, stepTime: latency, parameters };
        for (const exponents of [SOFT, HARD]) {
          expect(productReward(mnasProduct(target, exponents), measured)).toBe(
            a * (latency / target) ** (latency <= target ? exponents.within : exponents.beyond),
          );
          expect(mnasReward({ accuracy: a, latency, target }, exponents)).toBe(
            productReward(mnasProduct(target, exponents), measured),
          );
        }
        expect(efficientNetReward({ accuracy: a, macs: latency })).toBe(a * (latency / 400e6) ** -0.07);
        expect(efficientNetReward({ accuracy: a, macs: latency })).toBe(productReward(efficientNetProduct(), measured));
        const reference = { stepTime: target, parameters: 2e7 };
        expect(productReward(trainingAwareProduct(reference), measured)).toBe(
          trainingAwareReward({ accuracy: a, stepTime: latency, parameters }, reference),
        );
      }),
    );
  });

  it("refuses what was not measured, or measured as nothing", () => {
    const reward = efficientNetProduct();
    expect(() => productReward(reward, { accuracy: 0.7 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: macs was not measured, and the reward needs it
        received: accuracy]
    `);
    expect(() => productReward(reward, { accuracy: Number.NaN, macs: 1 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: accuracy is NaN
        expected: a number, not negative]
    `);
    expect(() => productReward(reward, { accuracy: 0.7, macs: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: macs is 0
        expected: a positive number]
    `);
    expect(productReward(reward, { accuracy: 0, macs: 1 })).toBe(0);
  });
});

describe("validateReward", () => {
  const validate =
    (...reward: RewardProduct) =>
    () =>
      validateReward(reward);

  it("refuses a reward that says nothing, or two things at once", () => {
    expect(validate()).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reward has no factor
        expected: at least one]
    `);
    const factor = { measure: "accuracy", exponent: 1 };
    expect(validate(factor, factor)).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the reward names accuracy twice]`,
    );
    expect(validate({ ...factor, target: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: target of accuracy is 0
        expected: a positive number]
    `);
    expect(validate({ ...factor, exponent: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: exponents of accuracy are NaN and NaN
        expected: two numbers, neither with the sign opposite to the other's]
    `);
    expect(validate({ ...factor, exponent: { within: 1, beyond: -1 } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: exponents of accuracy are 1 and -1
        expected: two numbers, neither with the sign opposite to the other's]
    `);
    expect(validate(...trainingAwareProduct({ stepTime: 1, parameters: 1 }))).not.toThrow();
    expect(validate(...mnasProduct(75, HARD))).not.toThrow();
  });
});

describe("objectivesOf", () => {
  it("asks for more of what a reward rises with, and less of what it falls with", () => {
    const reward = mnasProduct(75, HARD);
    const networks = [
      { accuracy: 0.7, latency: 80 },
      { accuracy: 0.7, latency: 70 },
      { accuracy: 0.6, latency: 60 },
      { accuracy: 0.5, latency: 65 },
    ];
    const objectives = objectivesOf<(typeof networks)[number]>(reward, (network) => ({ ...network }));
    expect(objectives.map(({ goal }) => goal)).toEqual(["maximise", "minimise"]);
    expect(paretoFront(networks, objectives)).toEqual([networks[1], networks[2]]);
  });
});
