import { capResolution, compoundScale, lateDepths } from "@efficientnet/scaling";
import { type ArchitectureSpec, countMacs, countParameters, getSpec, scaleSpec } from "@efficientnet/specs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitBudget, scaleByPhi, smallV2Spec } from "../index.js";

const b0 = getSpec("efficientnet-b0");
const latency = (spec: ArchitectureSpec) => 1 + countMacs(spec).total / 1e9 + countParameters(spec).total / 1e8;

describe("fitBudget", () => {
  it("gives the base for what the base costs, and the paper's coefficients a unit above", () => {
    expect(fitBudget(b0, { macs: countMacs(b0).total }).phi).toBe(0);
    const { total } = countMacs(scaleByPhi(b0, 1));
    const { phi, depthCoefficient, widthCoefficient, resolution, cost } = fitBudget(b0, { macs: total });
    expect([depthCoefficient, widthCoefficient, resolution, cost]).toEqual(
      [1.2, 1.1, 256, total].map((v) => expect.closeTo(v, 2)),
    );
    expect(phi).toBeGreaterThanOrEqual(1);
  });

  it("finds the largest phi within any budget, of three kinds, up and down", () => {
    const small = smallV2Spec({ imageSize: 64 });
    const kinds = {
      macs: (spec: ArchitectureSpec) => countMacs(spec).total,
      parameters: (spec: ArchitectureSpec) => countParameters(spec).trainable,
      latency,
    };
    const budgetOf = (kind: keyof typeof kinds, limit: number) =>
      kind === "latency"
        ? { latency: limit, predict: latency }
        : kind === "macs"
          ? { macs: limit }
          : { parameters: limit };
    fc.assert(
      fc.property(
        fc.constantFrom<keyof typeof kinds>("macs", "parameters", "latency"),
        fc.constantFrom(b0, small),
        fc.double({ min: -3.9, max: 5, noNaN: true }),
        (kind, base, phi) => {
          const limit = kinds[kind](scaleByPhi(base, phi));
          const fit = fitBudget(base, budgetOf(kind, limit));
          expect(fit.cost).toBe(kinds[kind](fit.spec));
          expect(fit.cost).toBeLessThanOrEqual(limit);
          expect(kinds[kind](scaleByPhi(base, Number((fit.phi + 0.01).toFixed(2))))).toBeGreaterThan(limit);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("follows a rule of the caller's: EfficientNetV2's, with late layers and 480 pixels at most", () => {
    const scale = (base: ArchitectureSpec, phi: number) => {
      const { depthCoefficient, widthCoefficient, resolution } = compoundScale({
        phi,
        baseResolution: base.resolution.eval,
      });
      return scaleSpec(base, {
        widthCoefficient,
        depthCoefficient: lateDepths(base.stages.length, depthCoefficient),
        resolution: capResolution(resolution),
      });
    };
    const { spec, resolution } = fitBudget(getSpec("efficientnetv2-b0"), { macs: 40e9 }, { scale });
    expect(resolution).toBe(480);
    expect(spec.resolution).toEqual({ train: 384, eval: 480 });
    expect(countMacs(spec).total).toBeLessThanOrEqual(40e9);
    const [second = 0, fifth = 0] = [spec.stages[1]?.repeats, spec.stages[4]?.repeats];
    expect(fifth / 5).toBeGreaterThan(second / 2);
  });

  it("says what can be reached when a budget cannot", () => {
    expect(() => fitBudget(b0, { macs: 1e6 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no scaling of efficientnet-b0 uses a budget of 1000000 macs
        expected: from 46422752 to 72591096672, for phi from -4 to 8
        hint: take another base or a wider range of phi]
    `);
    expect(() => fitBudget(b0, { parameters: 1e12 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no scaling of efficientnet-b0 uses a budget of 1000000000000 parameters
        expected: from 2056282 to 99656054, for phi from -4 to 8
        hint: take another base or a wider range of phi]
    `);
    expect(() =>
      fitBudget(b0, { latency: 0.5, predict: latency }, { phi: [0, 1] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no scaling of efficientnet-b0 uses a budget of 0.5 latency
        expected: from 1.439120392 to 1.95162938, for phi from 0 to 1
        hint: take another base or a wider range of phi]
    `);
    expect(() => fitBudget(b0, { macs: Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: macs is NaN
        expected: a positive number]
    `);
    expect(() => fitBudget(b0, { latency: 5, predict: () => Number.NaN })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: latency of efficientnet-b0-phi-4 at phi -4 is NaN
        expected: a positive number]
    `);
  });
});
