import { cropPicture, type Picture, type ResizeOptions, resizePicture } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import type { CropRecipe } from "./crop-recipe.js";
import { drawCrop } from "./draw-crop.js";

/**
 * A square of `outputSize` pixels cut out of a picture by `drawCrop` and resized; Pillow's bicubic filter unless the
 * options say otherwise (Google resizes by `method: "tensorflow"`, V2 with the bilinear filter).
 *
 * @throws what `drawCrop`, `cropPicture` and `resizePicture` throw.
 */
export function inceptionCrop(
  picture: Picture,
  outputSize: number,
  recipe: CropRecipe,
  random: Random,
  options: ResizeOptions = {},
): Picture {
  const part = cropPicture(picture, drawCrop(picture, outputSize, recipe, random));
  return resizePicture(part, { width: outputSize, height: outputSize }, options);
}
