export { type Random, seededRandom } from "@efficientnet/random";
export type { AffineMatrix } from "./affine-matrix.js";
export { applyOperation } from "./apply-operation.js";
export { type ArgumentRule, type ArgumentScale, type ArgumentTable, argumentAt } from "./argument-rule.js";
export { GOOGLE_AUTO_ARGUMENTS, GOOGLE_RAND_ARGUMENTS, TIMM_ARGUMENTS } from "./argument-tables.js";
export { augment } from "./augment.js";
export { googleAutoAugment, type TimmAutoAugmentOptions, timmAutoAugment } from "./auto-augment.js";
export { type CropRecipe, EFFICIENTNET_CROP, EFFICIENTNET_V2_CROP, TIMM_CROP } from "./crop-recipe.js";
export { drawCrop } from "./draw-crop.js";
export { drawOperations } from "./draw-operations.js";
export { flipPicture } from "./flip-picture.js";
export type { ImageBatch, LabelledBatch } from "./image-batch.js";
export { inceptionCrop } from "./inception-crop.js";
export type { MixBox } from "./mix-box.js";
export { drawGoogleMixes, type GoogleMixOptions, mixGoogle } from "./mix-google.js";
export { drawTimmMixes, mixTimm, type TimmMixOptions } from "./mix-timm.js";
export type { SampleMix } from "./mixing.js";
export { oneHot } from "./one-hot.js";
export type {
  CutoutOperation,
  GeometryOperation,
  GeometryOperationName,
  Operation,
  OperationName,
  PlainOperationName,
  ToneOperation,
  ToneOperationName,
} from "./operation.js";
export { operationMatrix } from "./operation-matrix.js";
export type { AugmentPolicy, PolicyStep } from "./policy.js";
export {
  type GoogleRandAugmentOptions,
  googleRandAugment,
  type TimmRandAugmentOptions,
  timmRandAugment,
} from "./rand-augment.js";
export { formatRandAugment, parseRandAugment, type RandAugmentConfig } from "./rand-augment-string.js";
export { type RandomErasingOptions, randomErasing } from "./random-erasing.js";
export type { GeometryFilter } from "./transform-picture.js";
