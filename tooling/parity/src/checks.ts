import { checkNet } from "./check-net.js";

/** What can be checked on a tfjs backend, in Node and in a page alike: JSON and typed arrays in, JSON out. */
export const checks = { checkNet };
