import { describe, expect, it } from "vitest";
import { planThreads } from "./probe-wasm.js";

describe("planThreads", () => {
  it.each([
    ["node", true, 8, true, 1],
    ["browser", false, 8, true, 1],
    ["browser", true, 8, false, 1],
    ["browser", true, 2, true, 1],
    ["browser", true, 6, true, 3],
    ["browser", true, 64, true, 4],
  ] as const)(
    "in %s, isolated %s, on %i cores, with SIMD %s, tfjs takes %i",
    (runtime, isolated, cores, simd, threads) => {
      expect(planThreads(runtime, isolated, cores, simd).threads).toBe(threads);
    },
  );
});
