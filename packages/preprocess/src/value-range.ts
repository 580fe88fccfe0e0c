import { EfficientNetError } from "@efficientnet/errors";
import { tagOf } from "./tag-of.js";

/** What black and white are in numbers that are not bytes. It has to be stated: a dark picture looks alike in all three. */
export type ValueRange = readonly [0, 1] | readonly [0, 255] | readonly [-1, 1];

const ranges: readonly ValueRange[] = [
  [0, 1],
  [0, 255],
  [-1, 1],
];

interface Extent {
  readonly min: number;
  readonly max: number;
  readonly whole: boolean;
}

/**
 * Numbers of a stated range as bytes, rounded to the nearest. Numbers that contradict their range are refused, because
 * they are most often a model input already, and preprocessing that twice gives a wrong answer with no error:
 *
 * - anything not finite;
 * - values outside the range by more than a thousandth of it (less is clipped);
 * - range `[0, 255]` with no value above 1, unless all are 0 or the numbers are of an integer type.
 *
 * @throws `bad-image` for these, `invalid-argument` for any other range.
 */
export function bytesFromRange(values: ArrayLike<number>, range: ValueRange, name = "the picture"): Uint8ClampedArray {
  const [low, high] = range;
  if (!ranges.some(([from, to]) => from === low && to === high)) {
    throw new EfficientNetError("invalid-argument", `the range of ${name} is [${low}, ${high}]`, {
      expected: "[0, 1], [0, 255] or [-1, 1]",
    });
  }
  const extent = measure(values, name);
  const slack = (high - low) / 1000;
  if (extent.min < low - slack || extent.max > high + slack || (high === 255 && looksLikeUnitRange(extent))) {
    throw new EfficientNetError("bad-image", `the numbers of ${name} do not fit their range`, {
      expected: `values in [${low}, ${high}]`,
      received: `${shorten(extent.min)} to ${shorten(extent.max)}`,
      hint: advice(extent),
    });
  }
  const scale = 255 / (high - low);
  const bytes = new Uint8ClampedArray(values.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = (values[i]! - low) * scale;
  return bytes;
}

function measure(values: ArrayLike<number>, name: string): Extent {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) {
      throw new EfficientNetError("bad-image", `${name} holds ${value} at index ${i}`, { expected: "finite numbers" });
    }
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max, whole: isWholeType(values) };
}

const isWholeType = (values: ArrayLike<number>): boolean => /^U?int/i.test(tagOf(values));

const looksLikeUnitRange = ({ max, whole }: Extent): boolean => max > 0 && max <= 1 && !whole;

const shorten = (value: number): string => String(Number(value.toPrecision(4)));

function advice({ min, max }: Extent): string {
  const asItIs = "give a model input to the model as it is";
  if (min >= 0 && max <= 1) return "state range [0, 1]";
  if (min >= 0 && max <= 255) return "state range [0, 255]";
  if (min >= 0) return "more than 8 bit: scale the numbers to [0, 1]";
  if (min >= -1 && max <= 1) return `state range [-1, 1]; ${asItIs}`;
  return `the numbers look normalised already: ${asItIs}`;
}
