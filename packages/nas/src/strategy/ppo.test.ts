import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mapRows, type Rows, startAdam, stepAdam } from "./adam.js";
import { logProbability, probabilitiesOf } from "./policy.js";
import { type Experience, ppoGradient } from "./ppo.js";

const options = { clip: 0.2, entropyBonus: 0.05 };

/** The loss that the gradient is of, written down as the paper has it. */
function lossOf(logits: Rows, batch: readonly Experience[]): number {
  const probabilities = probabilitiesOf(logits);
  const gains = batch.map(({ choices, logProbability: before, advantage }) => {
    const ratio = Math.exp(logProbability(probabilities, choices) - before);
    return Math.min(ratio * advantage, Math.min(Math.max(ratio, 0.8), 1.2) * advantage);
  });
  const entropy = -probabilities.flat().reduce((sum, p) => sum + p * Math.log(p), 0);
  return -gains.reduce((sum, gain) => sum + gain, 0) / batch.length - options.entropyBonus * entropy;
}

const logit = fc.double({ min: -2, max: 2, noNaN: true });
const rows = fc.tuple(fc.tuple(logit, logit), fc.tuple(logit, logit, logit));
const experience = fc.record({
  choices: fc.tuple(fc.nat(1), fc.nat(2)),
  logProbability: fc.double({ min: -4, max: -0.1, noNaN: true }),
  advantage: fc.double({ min: -3, max: 3, noNaN: true }),
});

describe("ppoGradient", () => {
  it("is the slope of the clipped loss with its entropy bonus", () => {
    fc.assert(
      fc.property(rows, fc.array(experience, { minLength: 1, maxLength: 5 }), (logits, batch) => {
        const probabilities = probabilitiesOf(logits);
        // At the edges of the clip the loss has no slope.
        fc.pre(
          batch.every(({ choices, logProbability: before }) => {
            const ratio = Math.exp(logProbability(probabilities, choices) - before);
            return Math.abs(ratio - 0.8) > 1e-3 && Math.abs(ratio - 1.2) > 1e-3;
          }),
        );
        const gradient = ppoGradient(logits, batch, options);
        logits.forEach((row, i) => {
          row.forEach((_, j) => {
            const moved = (by: number) =>
              lossOf(
                logits.map((r, k) => r.map((v, l) => (k === i && l === j ? v + by : v))),
                batch,
              );
            expect(gradient[i]?.[j]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5);
          });
        });
      }),
    );
  });
});

describe("stepAdam", () => {
  it("moves each weight by the learning rate at first, whatever the size of its gradient", () => {
    const weights = [[1, 2], [3]];
    const { weights: moved, adam } = stepAdam(weights, [[1e-3, -50], [7]], startAdam(weights), 0.1);
    mapRows((value = 0, expected = 0) => expect(value).toBeCloseTo(expected, 4) as never, moved, [[0.9, 2.1], [2.9]]);
    expect(adam.steps).toBe(1);
  });

  it("makes the second step that Adam's formula gives by hand", () => {
    const first = stepAdam([[0]], [[1]], startAdam([[0]]), 0.1);
    const second = stepAdam(first.weights, [[-2]], first.adam, 0.1);
    // m = 0.9 * 0.1 - 0.2 = -0.11 over 1 - 0.81; v = 0.999 * 0.001 + 0.004 = 0.004999 over 1 - 0.998001.
    const step = (0.1 * (-0.11 / 0.19)) / Math.sqrt(0.004999 / 0.001999);
    expect(second.weights[0]?.[0]).toBeCloseTo(-0.1 - step, 6);
  });
});
