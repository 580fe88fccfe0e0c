import { type AugmentPolicy, augment, type CropRecipe, flipPicture, inceptionCrop } from "@efficientnet/augment";
import { type Picture, type Resampling, resizePicture } from "@efficientnet/preprocess";
import { drawChance, seededRandom } from "@efficientnet/random";

/** What happens to a picture before it is normalised. */
export interface PictureChange {
  readonly imageSize: number;
  readonly crop: CropRecipe | "whole";
  readonly resize: Resampling;
  readonly flip: boolean;
  readonly policy: AugmentPolicy | undefined;
}

/** Whose randomness: each of a picture's changes has a stream of its own, so that leaving one out moves no other. */
export interface PictureSeed {
  readonly seed: number;
  readonly epoch: number;
  readonly index: number;
}

/** A picture cropped, resized, mirrored and augmented, on bytes: of `imageSize`, grey or RGB unless nothing was drawn. */
export function trainingPicture(picture: Picture, change: PictureChange, { seed, epoch, index }: PictureSeed): Picture {
  const stream = (name: string) => seededRandom(seed, name, epoch, index);
  const { imageSize, crop, resize, flip, policy } = change;
  const square =
    crop === "whole"
      ? resized(picture, imageSize, resize)
      : inceptionCrop(picture, imageSize, crop, stream("crop"), resize);
  const turned = flip && drawChance(stream("flip"), 0.5) ? flipPicture(square) : square;
  return policy === undefined ? turned : augment(turned, policy, stream("augment"));
}

/** A resize to the size that a picture has already changes no pixel. */
function resized(picture: Picture, side: number, resize: Resampling): Picture {
  if (picture.width === side && picture.height === side) return picture;
  return resizePicture(picture, { width: side, height: side }, resize);
}
