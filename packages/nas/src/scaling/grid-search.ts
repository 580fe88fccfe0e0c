import { EfficientNetError } from "@efficientnet/errors";
import { type GridPoint, scalingGrid } from "@efficientnet/scaling";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { scaleByPhi } from "./fit-budget.js";

/** What a point of the grid reached. */
export interface GridResult extends GridPoint {
  readonly accuracy: number;
}

/** How the grid is searched. */
export interface SearchGridOptions {
  /** The points to try; `scalingGrid()` unless given. */
  readonly grid?: readonly GridPoint[];
  /** Multiples that resolutions are rounded to; 4 unless given. */
  readonly resolutionStep?: number;
  /** Trains the scaled network and answers its accuracy. */
  readonly evaluate: (spec: ArchitectureSpec, point: GridPoint) => number | Promise<number>;
  /** Results of an earlier run, in any order: their points are not evaluated again. */
  readonly done?: readonly GridResult[];
  /** Told every new result, to be kept before the next is begun. */
  readonly onResult?: (result: GridResult) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/**
 * The grid search at phi = 1: the base scaled by each point, evaluated by the caller, one after the other. Returns the
 * results, best first; equals in the order of the grid. What `onResult` kept goes back in as `done`.
 *
 * @throws `invalid-argument` for an empty grid, or an accuracy that is not a number; `aborted`.
 *
 * Source: EfficientNet paper, section 3.3, step 1.
 */
export async function searchScalingGrid(
  base: ArchitectureSpec,
  { grid = scalingGrid(), resolutionStep = 4, evaluate, done = [], onResult, signal }: SearchGridOptions,
): Promise<readonly GridResult[]> {
  if (grid.length === 0) throw new EfficientNetError("invalid-argument", "the grid has no points");
  const results: GridResult[] = [];
  for (const point of grid) {
    const { alpha, beta, gamma } = point;
    const before = done.find((one) => one.alpha === alpha && one.beta === beta && one.gamma === gamma);
    if (before === undefined && signal?.aborted) {
      throw new EfficientNetError("aborted", `the grid search was aborted after ${results.length} points`, {
        cause: signal.reason,
      });
    }
    const spec = () => ({
      ...scaleByPhi(base, 1, { ...point, resolutionStep }),
      name: `${base.name}-a${alpha}-b${beta}-g${gamma}`,
    });
    const result = before ?? { ...point, accuracy: await evaluate(spec(), point) };
    if (!Number.isFinite(result.accuracy)) {
      throw new EfficientNetError(
        "invalid-argument",
        `the accuracy at alpha ${alpha}, beta ${beta}, gamma ${gamma} is ${result.accuracy}`,
        { expected: "a number" },
      );
    }
    if (before === undefined) await onResult?.(result);
    results.push(result);
  }
  return results.sort((a, b) => b.accuracy - a.accuracy);
}
