import { availableParallelism } from "node:os";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createEngine, engineSupport } from "./index.js";
import { smallPlan } from "./testing/small-plan.js";

afterEach(() => void vi.unstubAllGlobals());

describe("engineSupport", () => {
  it("says what an engine will run as", async () => {
    const support = await engineSupport();
    const engine = await createEngine(smallPlan());
    const { build, threads, threadsReason } = engine;
    engine.dispose();
    expect(support).toEqual({ available: true, build, threads, threadsReason });
    expect(threads).toBe(Math.min(4, availableParallelism()));
  });

  it("gives the reason for a single thread", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    expect(await engineSupport()).toMatchObject({
      threads: 1,
      threadsReason: "memory cannot be shared: the page is not cross-origin isolated",
    });
  });

  it("says why it does not run without SIMD", async () => {
    vi.stubGlobal("WebAssembly", { validate: () => false });
    expect(await engineSupport()).toEqual({
      available: false,
      reason: "this JavaScript engine does not run simd WebAssembly",
      hint: "use the cpu backend of tfjs",
    });
  });
});
