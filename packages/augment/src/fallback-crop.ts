import type { Rectangle, Size } from "@efficientnet/preprocess";
import type { CropRecipe } from "./crop-recipe.js";
import { roundHalfEven } from "./round-half-even.js";

const { fround } = Math;

/** The crop of a recipe whose attempts all failed. */
export function fallbackCrop(picture: Size, outputSize: number, { fallback, aspect }: CropRecipe): Rectangle {
  if (fallback === "whole") return { x: 0, y: 0, width: picture.width, height: picture.height };
  if (fallback === "centre-in-aspect") return centreInAspect(picture, aspect);
  const shorter = Math.min(picture.width, picture.height);
  const side = Math.max(1, Math.floor(fround(fround(outputSize / (outputSize + fallback.padding)) * shorter)));
  return {
    x: Math.floor((picture.width - side + 1) / 2),
    y: Math.floor((picture.height - side + 1) / 2),
    width: side,
    height: side,
  };
}

/** Source: `RandomResizedCrop.get_params` of torchvision and timm. */
function centreInAspect(picture: Size, [narrowest, widest]: CropRecipe["aspect"]): Rectangle {
  const aspect = picture.width / picture.height;
  const width = aspect > widest ? roundHalfEven(picture.height * widest) : picture.width;
  const height = aspect < narrowest ? roundHalfEven(picture.width / narrowest) : picture.height;
  return {
    x: Math.floor((picture.width - width) / 2),
    y: Math.floor((picture.height - height) / 2),
    width: Math.max(1, width),
    height: Math.max(1, height),
  };
}
