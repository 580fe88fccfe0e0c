import type { Rectangle, Size } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import { drawIndex } from "@efficientnet/random";
import { checkProbability, checkRange, checkWhole } from "./check-numbers.js";
import type { CropRecipe } from "./crop-recipe.js";
import { cropSizeTensorFlow } from "./crop-size-tensorflow.js";
import { cropSizeTimm } from "./crop-size-timm.js";
import { fallbackCrop } from "./fallback-crop.js";

const SIZES: Readonly<
  Record<CropRecipe["method"], (picture: Size, recipe: CropRecipe, random: Random) => Size | undefined>
> = { timm: cropSizeTimm, tensorflow: cropSizeTensorFlow };

/**
 * A rectangle of random place, area and aspect inside a picture: the crop of Inception (arXiv 1409.4842).
 *
 * @param outputSize - side of the resized crop, on which Google's fallback depends
 * @throws `invalid-argument` for a recipe with impossible numbers.
 */
export function drawCrop(picture: Size, outputSize: number, recipe: CropRecipe, random: Random): Rectangle {
  checkRange("area", recipe.area, 1);
  checkRange("aspect", recipe.aspect, Number.MAX_VALUE);
  checkProbability("minCovered", recipe.minCovered);
  checkWhole("attempts", recipe.attempts, 0);
  checkWhole("outputSize", outputSize, 1);
  const { width, height } = picture;
  for (let attempt = 0; attempt < recipe.attempts; attempt++) {
    const size = SIZES[recipe.method](picture, recipe, random);
    if (size === undefined || size.width * size.height < recipe.minCovered * width * height) continue;
    if (isWhole(size) && typeof recipe.fallback === "object") break;
    return { ...size, x: place(width - size.width), y: place(height - size.height) };
  }
  return fallbackCrop(picture, outputSize, recipe);

  /** Google's code takes a crop of the whole picture for a failed one, and falls back at once. */
  function isWhole(size: Size): boolean {
    return size.width === width && size.height === height;
  }

  /** TensorFlow's op never draws the last place, timm does. */
  function place(room: number): number {
    const places = recipe.method === "tensorflow" && room > 0 ? room : room + 1;
    return drawIndex(random, places);
  }
}
