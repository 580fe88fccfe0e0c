export { applyOperations } from "./device-augment/apply-operations.js";
export { augmentImages } from "./device-augment/augment-images.js";
export { cropImages } from "./device-augment/crop-images.js";
export { eraseImages } from "./device-augment/erase-images.js";
export { flipImages } from "./device-augment/flip-images.js";
export { type LabelledImages, mixImagesGoogle, mixImagesTimm } from "./device-augment/mix-images.js";
export { normaliseImages } from "./device-augment/normalise-images.js";
