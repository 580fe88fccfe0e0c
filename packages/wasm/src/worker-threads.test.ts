import { availableParallelism } from "node:os";
import { uniformArray } from "@efficientnet-tooling/testing";
import { describe, expect, it, vi } from "vitest";
import { createEngine, engineSupport } from "./index.js";
import { smallPlan } from "./testing/small-plan.js";
import { startWorker } from "./worker-threads.js";

vi.mock("./worker-threads.js", async (original) => ({
  ...(await original<typeof import("./worker-threads.js")>()),
  startWorker: vi.fn(),
}));

describe("where workers are refused", () => {
  it("an engine runs on one thread and says what refused them, having ended those that did start", async () => {
    const terminate = vi.fn();
    vi.mocked(startWorker)
      .mockResolvedValueOnce({ terminate })
      .mockRejectedValueOnce(new Error("blocked by the content security policy"));
    const engine = await createEngine(smallPlan(), { threads: 3 });
    expect(engine.threads).toBe(1);
    expect(engine.threadsReason).toBe("workers could not be started: blocked by the content security policy");
    expect(terminate).toHaveBeenCalledOnce();
    expect((await engine.run(uniformArray("picture", 64 * 64 * 3))).logits!.values).toHaveLength(1000);
  });

  it("an engine whose signal fires while it starts ends its workers", async () => {
    const terminate = vi.fn();
    const controller = new AbortController();
    vi.mocked(startWorker).mockImplementationOnce(async () => {
      controller.abort();
      return { terminate };
    });
    const creating = createEngine(smallPlan(), { threads: 3, signal: controller.signal });
    await expect(creating).rejects.toMatchObject({ code: "aborted" });
    expect(terminate).toHaveBeenCalledOnce();
  });

  it("what the engine can use says so beforehand", async () => {
    vi.mocked(startWorker).mockRejectedValueOnce(new Error("blocked by the content security policy"));
    expect(await engineSupport()).toMatchObject({
      threads: 1,
      threadsReason:
        availableParallelism() === 1
          ? "1 core is there, and at most 4 are used"
          : "workers could not be started: blocked by the content security policy",
    });
  });
});
