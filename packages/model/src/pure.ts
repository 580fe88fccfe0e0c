export { initTensor } from "./init-tensor.js";
export { type LevelName, type ResolvedLevel, resolveLevels } from "./resolve-levels.js";
