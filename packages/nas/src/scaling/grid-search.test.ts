import { scalingGrid } from "@efficientnet/scaling";
import { countMacs } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { type GridResult, searchScalingGrid, smallV2Spec } from "../index.js";

const base = smallV2Spec();
const grid = scalingGrid({ step: 0.1, tolerance: 0.2 });
const accuracyAt = ({ alpha, beta, gamma }: { alpha: number; beta: number; gamma: number }) =>
  1 - (alpha - 1.2) ** 2 - (beta - 1.1) ** 2 - (gamma - 1.2) ** 2;

describe("searchScalingGrid", () => {
  it("ranks the points by the accuracy that the caller measures on the scaled networks", async () => {
    const names = new Set<string>();
    const ranking = await searchScalingGrid(base, {
      grid,
      evaluate: async (spec, point) => {
        names.add(spec.name);
        expect(countMacs(spec).total).toBeGreaterThan(countMacs(base).total);
        return accuracyAt(point);
      },
    });
    expect(names.size).toBe(grid.length);
    expect(ranking).toHaveLength(grid.length);
    expect(ranking[0]).toMatchObject({ alpha: 1.2, beta: 1.1, gamma: 1.2 });
  });

  it("goes on after an interruption with the points that have no result, to the same ranking", async () => {
    const whole = await searchScalingGrid(base, { grid, evaluate: (_, point) => accuracyAt(point) });
    const kept: GridResult[] = [];
    const controller = new AbortController();
    const interrupted = searchScalingGrid(base, {
      grid,
      evaluate: (_, point) => accuracyAt(point),
      onResult: (result) => {
        kept.push(result);
        if (kept.length === 4) controller.abort();
      },
      signal: controller.signal,
    });
    await expect(interrupted).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the grid search was aborted after 4 points]`,
    );
    let evaluated = 0;
    const resumed = await searchScalingGrid(base, {
      grid,
      done: [...kept].reverse(),
      evaluate: (_, point) => {
        evaluated++;
        return accuracyAt(point);
      },
    });
    expect(evaluated).toBe(grid.length - 4);
    expect(resumed).toEqual(whole);
  });

  it("refuses an empty grid and an accuracy that is not a number", async () => {
    const evaluate = () => Number.NaN;
    await expect(searchScalingGrid(base, { grid: [], evaluate })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: the grid has no points]`,
    );
    await expect(searchScalingGrid(base, { grid, evaluate })).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the accuracy at alpha 1, beta 1, gamma 1.4 is NaN
        expected: a number]
    `);
  });
});
