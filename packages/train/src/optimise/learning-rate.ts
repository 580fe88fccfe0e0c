/**
 * How the learning rate moves through training, as a factor of each stage's peak. Positions and lengths count in the
 * schedule's unit, epochs as a rule, and may be fractions.
 *
 * `warmUp` is the length over which the rate rises from 0 in a straight line, whatever the kind.
 */
export type LearningRateShape = { readonly warmUp: number } & (
  | { readonly kind: "constant" }
  /** `rate ^ floor(position / every)`, or without the floor where `staircase` is false; counted from the start. */
  | { readonly kind: "exponential"; readonly rate: number; readonly every: number; readonly staircase: boolean }
  /** Half a cosine from 1 after the warm-up to `floor` at the end. */
  | { readonly kind: "cosine"; readonly floor: number }
  /** `factors[i]` from `from[i]` on; 1 before. */
  | { readonly kind: "piecewise"; readonly from: readonly number[]; readonly factors: readonly number[] }
);

/** 0.97 every 2.4 epochs after 5 epochs of warm-up. Source: google/automl efficientnetv2 `hparams.py`. */
export const EFFICIENTNET_LEARNING_RATE: LearningRateShape = {
  kind: "exponential",
  rate: 0.97,
  every: 2.4,
  staircase: true,
  warmUp: 5,
};

/** The factor at a position of a training that ends at `end`. */
export function learningRateFactor(shape: LearningRateShape, position: number, end: number): number {
  return position < shape.warmUp ? position / shape.warmUp : factorAfterWarmUp(shape, position, end);
}

function factorAfterWarmUp(shape: LearningRateShape, position: number, end: number): number {
  switch (shape.kind) {
    case "constant":
      return 1;
    case "exponential": {
      const times = position / shape.every;
      return shape.rate ** (shape.staircase ? Math.floor(times) : times);
    }
    case "cosine": {
      const progress = Math.min(1, (position - shape.warmUp) / Math.max(end - shape.warmUp, Number.MIN_VALUE));
      return shape.floor + ((1 - shape.floor) * (1 + Math.cos(Math.PI * progress))) / 2;
    }
    case "piecewise": {
      const reached = shape.from.filter((start) => start <= position).length;
      return reached === 0 ? 1 : shape.factors[reached - 1]!;
    }
  }
}
