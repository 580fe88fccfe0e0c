import type { Size } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import { drawBetween } from "@efficientnet/random";
import type { CropRecipe } from "./crop-recipe.js";
import { roundHalfEven } from "./round-half-even.js";

/** One attempt: undefined where the sides do not fit. Source: `RandomResizedCrop.get_params` of torchvision and timm. */
export function cropSizeTimm(
  picture: Size,
  { area, aspect: [narrowest, widest] }: CropRecipe,
  random: Random,
): Size | undefined {
  const target = picture.width * picture.height * drawBetween(random, ...area);
  const aspect = Math.exp(drawBetween(random, Math.log(narrowest), Math.log(widest)));
  const width = roundHalfEven(Math.sqrt(target * aspect));
  const height = roundHalfEven(Math.sqrt(target / aspect));
  const fits = width > 0 && height > 0 && width <= picture.width && height <= picture.height;
  return fits ? { width, height } : undefined;
}
