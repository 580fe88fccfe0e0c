import { EfficientNetError } from "@efficientnet/errors";
import type { PreprocessOptions } from "@efficientnet/preprocess";
import type { PreprocessSpec } from "@efficientnet/specs";

/** Pixels of input that run at once unless told, 8 pictures of 224 x 224: what a network keeps meanwhile grows with them. */
const PIXELS_AT_ONCE = 8 * 224 * 224;

/** A part of a list, and where it begins. */
export interface Part<T> {
  readonly start: number;
  readonly items: readonly T[];
}

/** Parts of at most `size`, in order; an empty list is one empty part, for somebody else to refuse. */
export function splitList<T>(list: readonly T[], size: number): readonly Part<T>[] {
  return Array.from({ length: Math.max(1, Math.ceil(list.length / size)) }, (_, i) => {
    return { start: i * size, items: list.slice(i * size, (i + 1) * size) };
  });
}

/**
 * Pictures that run at once: `batchSize`, else as many as have the pixels of 8 pictures of 224 x 224, and at least one.
 *
 * @throws `invalid-argument` unless `batchSize` is a whole number above 0.
 */
export function countAtOnce(
  spec: PreprocessSpec,
  { batchSize, size = spec.size }: PreprocessOptions & { readonly batchSize?: number | undefined },
): number {
  if (batchSize === undefined) {
    const pixels = typeof size === "number" ? size ** 2 : size.width * size.height;
    // A size that cannot be is refused where it is used.
    return pixels > 0 ? Math.max(1, Math.floor(PIXELS_AT_ONCE / pixels)) : 1;
  }
  if (Number.isInteger(batchSize) && batchSize > 0) return batchSize;
  throw new EfficientNetError("invalid-argument", `batchSize is ${batchSize}`, { expected: "a whole number above 0" });
}
