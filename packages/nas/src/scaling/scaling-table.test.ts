import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { scalingTable } from "../index.js";

interface Row {
  readonly model: string;
  readonly released: { readonly width: number; readonly depth: number; readonly resolution: number };
  readonly implied_phi: Readonly<Record<"from_depth" | "from_width" | "from_resolution", number>>;
  readonly flops_ratio_released_d_w2_r2: number;
  readonly macs_ratio_to_b0: number;
  readonly customary_phi?: number;
  readonly formula?: { readonly depth: number; readonly width: number; readonly resolution_px: number };
}

const facts: readonly Row[] = JSON.parse(
  readFileSync(new URL("../../../scaling/fixtures/compound-scaling.json", import.meta.url), "utf8"),
).rows;
const to = (digits: number, value: number) => Number(value.toFixed(digits));

describe("scalingTable", () => {
  it.each(facts)("has $model as released, beside the rule", (expected) => {
    const row = scalingTable().find(({ name }) => name === `efficientnet-${expected.model}`);
    if (row === undefined) throw new Error("no such row");
    const { released, implied, formula } = row;
    expect(released.widthCoefficient).toBe(expected.released.width);
    expect(released.depthCoefficient).toBe(expected.released.depth);
    expect(released.resolution).toBe(expected.released.resolution);
    expect(to(3, implied.fromDepth)).toBe(expected.implied_phi.from_depth);
    expect(to(3, implied.fromWidth)).toBe(expected.implied_phi.from_width);
    expect(to(3, implied.fromResolution)).toBe(expected.implied_phi.from_resolution);
    expect(to(3, row.flopsMultiplier)).toBe(expected.flops_ratio_released_d_w2_r2);
    expect(to(3, row.macsRatio)).toBe(expected.macs_ratio_to_b0);
    expect(formula?.phi).toBe(expected.customary_phi);
    if (formula === null) return;
    expect(to(4, formula.depthCoefficient)).toBe(expected.formula?.depth);
    expect(to(4, formula.widthCoefficient)).toBe(expected.formula?.width);
    expect(to(1, formula.resolution)).toBe(expected.formula?.resolution_px);
  });

  it("has ten rows", () => {
    expect(scalingTable().map(({ name }) => name.slice(13))).toEqual(facts.map(({ model }) => model));
  });
});
