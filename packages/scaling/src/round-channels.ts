import { positive } from "./positive.js";

/** How channel counts are rounded after width scaling. */
export interface Rounding {
  readonly divisor: number;
  /** Rounding down by more than this fraction goes up instead (V1: 0.1); null for no such rule (V2). */
  readonly maxShrink: number | null;
}

/** Rounding of EfficientNet, Lite, EdgeTPU, CondConv and MnasNet: multiples of 8, losing at most a tenth. */
export const V1_ROUNDING: Rounding = { divisor: 8, maxShrink: 0.1 };

/** Rounding of EfficientNetV2-B0 to B3: the nearest multiple of 8, however much is lost. */
export const V2_ROUNDING: Rounding = { divisor: 8, maxShrink: null };

/**
 * Channels of a layer at another width: the multiple of `divisor` nearest to `channels * widthCoefficient`, at least
 * `divisor`; halves go up. With `maxShrink`, a result that lost more than that fraction goes one multiple up.
 *
 * @throws `invalid-argument` when `channels` or `widthCoefficient` is not a positive number.
 *
 * Source: `round_filters` of the released EfficientNet and EfficientNetV2 code.
 */
export function roundChannels(channels: number, widthCoefficient: number, rounding: Rounding): number {
  const scaled = positive("channels", channels) * positive("widthCoefficient", widthCoefficient);
  const { divisor, maxShrink } = rounding;
  const rounded = Math.max(divisor, Math.floor((scaled + divisor / 2) / divisor) * divisor);
  return maxShrink !== null && rounded < (1 - maxShrink) * scaled ? rounded + divisor : rounded;
}
