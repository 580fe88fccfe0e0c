export { cropPicture } from "./crop-picture.js";
export { checkPicture, defaultMaxPixels, type Picture, type PixelLimit } from "./picture.js";
export { type FitPlan, planFit } from "./plan-fit.js";
export { type ModelInput, type PreprocessOptions, preprocess, preprocessBatch } from "./preprocess.js";
export type { Rectangle, Size } from "./rectangle.js";
export type { Resampling } from "./resample.js";
export { type ResizeOptions, resizePicture } from "./resize-picture.js";
export type { Colour } from "./rows.js";
