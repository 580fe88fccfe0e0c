export { EfficientNetError, type ErrorCode, type ErrorDetails, isEfficientNetError } from "./efficientnet-error.js";
export { formatShape } from "./format-shape.js";
export { nearMatches } from "./near-matches.js";
export { unknownName } from "./unknown-name.js";
