import type { Size } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import { drawBetween, drawWhole } from "@efficientnet/random";
import type { CropRecipe } from "./crop-recipe.js";
import { roundHalfEven } from "./round-half-even.js";

/**
 * One attempt: undefined where no height gives an allowed area. Large crops are likelier than with timm, since the
 * height is uniform, not the area. Source: `sample_distorted_bounding_box_op.cc` of TensorFlow.
 */
export function cropSizeTensorFlow(
  picture: Size,
  { area, aspect: range }: CropRecipe,
  random: Random,
): Size | undefined {
  const aspect = drawBetween(random, ...range);
  const [smallest, largest] = area.map((share) => share * picture.width * picture.height) as [number, number];
  const sized = (height: number): Size => ({ width: roundHalfEven(height * aspect), height });
  const highest = Math.min(highestInWidth(picture.width, aspect, largest), picture.height);
  const lowest = Math.min(roundHalfEven(Math.sqrt(smallest / aspect)), highest);
  let size = sized(drawWhole(random, lowest, highest));
  if (size.width * size.height < smallest) size = sized(size.height + 1);
  if (size.width * size.height > largest) size = sized(size.height - 1);
  const { width, height } = size;
  const isAllowed =
    width > 0 &&
    height > 0 &&
    width <= picture.width &&
    height <= picture.height &&
    width * height >= smallest &&
    width * height <= largest;
  return isAllowed ? size : undefined;
}

/** The largest height that neither the area nor, once its width is rounded, the picture's width forbids. */
function highestInWidth(width: number, aspect: number, largest: number): number {
  const byArea = roundHalfEven(Math.sqrt(largest / aspect));
  return roundHalfEven(byArea * aspect) > width ? Math.floor((width + 0.5 - 1e-7) / aspect) : byArea;
}
