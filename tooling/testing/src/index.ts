export { type Difference, expectClose, worstDifference } from "./close.js";
export { drawBmp } from "./draw-bmp.js";
export { fnv1a, uniform, uniformArray } from "./fill.js";
export { fuzzRuns } from "./fuzz-runs.js";
export { expectNoLeaks } from "./leaks.js";
