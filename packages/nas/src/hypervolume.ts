import { EfficientNetError } from "@efficientnet/errors";
import type { Objective } from "./pareto-front.js";

type Point = readonly number[];

/**
 * The volume between a set of items and a reference that is worse than them: how far a front has come in all objectives
 * at once. Items that are not better than the reference in every objective add nothing. Exact, by slicing along one axis
 * after the other: meant for fronts of hundreds of items and a few objectives.
 *
 * @param reference One value per objective, in the objective's own unit and sign.
 * @throws `invalid-argument` when the reference has another number of values, or one that is not a finite number.
 */
export function hypervolume<Item>(
  items: readonly Item[],
  objectives: readonly Objective<Item>[],
  reference: readonly number[],
): number {
  if (reference.length !== objectives.length) {
    throw new EfficientNetError("invalid-argument", `the reference has ${reference.length} values`, {
      expected: `${objectives.length}, one per objective`,
    });
  }
  checkReference(reference);
  const gains = items.map((item) =>
    objectives.map(({ goal, value }, axis) => {
      const gain = value(item) - (reference[axis] ?? 0);
      return goal === "maximise" ? gain : -gain;
    }),
  );
  return volume(gains.filter((gain) => gain.every((one) => one > 0)));
}

/** A reference that is no number would make every volume 0. */
function checkReference(reference: readonly number[]): void {
  const wrong = reference.find((value) => !Number.isFinite(value));
  if (wrong === undefined) return;
  throw new EfficientNetError("invalid-argument", `the reference holds ${wrong}`, { expected: "finite numbers" });
}

/** The volume of the union of boxes that have one corner in the origin and the other in a point. */
function volume(points: readonly Point[]): number {
  const sorted = [...points].sort(([a = 0], [b = 0]) => b - a);
  if ((sorted[0]?.length ?? 0) <= 1) return sorted[0]?.[0] ?? 0;
  return sorted.reduce((sum, [depth = 0], index) => {
    const [next = 0] = sorted[index + 1] ?? [];
    // Between this depth and the next only the boxes up to here reach.
    return depth === next ? sum : sum + (depth - next) * volume(sorted.slice(0, index + 1).map(([, ...rest]) => rest));
  }, 0);
}
