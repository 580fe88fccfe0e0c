import type { resolveModel as Resolve } from "./resolve-model.js";

/** @inheritDoc resolveModel */
export const resolveModel: typeof Resolve = async (...args) =>
  (await import("./resolve-model.js")).resolveModel(...args);
