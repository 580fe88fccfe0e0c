import type { Picture } from "@efficientnet/preprocess";
import type { Random } from "@efficientnet/random";
import { applyOperation } from "./apply-operation.js";
import { drawOperations } from "./draw-operations.js";
import { opaquePicture } from "./opaque-picture.js";
import type { AugmentPolicy } from "./policy.js";

/**
 * A picture after a policy, of the same size: the same picture, policy and seed give the same bytes.
 * Equal to `drawOperations` and then `applyOperation` for each. Comes after crop, resize and flip, before normalisation.
 *
 * @throws `bad-image` for a picture that is not whole, and what `drawOperations` throws.
 */
export function augment(picture: Picture, policy: AugmentPolicy, random: Random): Picture {
  return drawOperations(picture, policy, random).reduce<Picture>(applyOperation, opaquePicture(picture));
}
