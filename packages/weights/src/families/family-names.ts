import { FAMILIES } from "./families.js";
import type { Family } from "./family.js";

/** Every family whose names are known. */
export const FAMILY_NAMES: readonly Family[] = /* @__PURE__ */ (() => Object.keys(FAMILIES) as Family[])();
