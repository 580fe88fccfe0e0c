import { EfficientNetError } from "@efficientnet/errors";
import { positive } from "./positive.js";

/** Which bases are tried. */
export interface ScalingGridOptions {
  /** Distance between neighbours, for each of the three; 0.05 unless given. The paper prints no step. */
  readonly step?: number;
  /** What `alpha * beta^2 * gamma^2` should be; 2 unless given. */
  readonly target?: number;
  /** How far the product may be from the target; 0.1 unless given. */
  readonly tolerance?: number;
}

/** Three bases of compound scaling, and their `alpha * beta^2 * gamma^2`. */
export interface GridPoint {
  readonly alpha: number;
  readonly beta: number;
  readonly gamma: number;
  readonly product: number;
}

/**
 * The bases from 1 up, in steps, whose product is near the target: what the grid search at phi = 1 tries. The paper's
 * 1.2, 1.1 and 1.15, of product 1.92, are among the usual ones.
 *
 * @throws `invalid-argument` when a number is not positive, or no point is near the target.
 *
 * Source: EfficientNet paper, section 3.3, step 1.
 */
export function scalingGrid({
  step = 0.05,
  target = 2,
  tolerance = 0.1,
}: ScalingGridOptions = {}): readonly GridPoint[] {
  positive("tolerance", tolerance);
  // A little more than the tolerance, for the sums of binary fractions.
  const most = positive("target", target) + tolerance + 1e-9;
  const per = 1 / positive("step", step);
  // Not 1 + i * 0.05, which is 1.1500000000000001 where 1.15 is meant.
  const axis = (power: number) => {
    const values: number[] = [];
    for (let i = 0; (1 + i / per) ** power <= most; i++) values.push(Number((1 + i / per).toPrecision(12)));
    return values;
  };
  const points = axis(1).flatMap((alpha) =>
    axis(2).flatMap((beta) =>
      axis(2).map((gamma) => ({ alpha, beta, gamma, product: alpha * beta ** 2 * gamma ** 2 })),
    ),
  );
  const near = points.filter(({ product }) => product <= most && product >= target - tolerance - 1e-9);
  if (near.length > 0) return near;
  throw new EfficientNetError("invalid-argument", `no bases in steps of ${step} have a product near ${target}`, {
    expected: `within ${tolerance}`,
    hint: "take a smaller step or a larger tolerance",
  });
}
