import { uniformArray } from "@efficientnet-tooling/testing";
import { afterEach, describe, expect, it } from "vitest";
import { connectEngine, createEngine, serveEngine } from "./index.js";
import { smallPlan } from "./testing/small-plan.js";

const picture = uniformArray("picture", 64 * 64 * 3, 2);
let channel: MessageChannel | null = null;

function served(): MessagePort {
  channel = new MessageChannel();
  serveEngine(channel.port2);
  return channel.port1;
}

afterEach(() => channel?.port1.close());

describe("connectEngine", () => {
  it("answers what an engine of this thread answers", async () => {
    const here = await createEngine(smallPlan(), { threads: 1 });
    const there = await connectEngine(served(), smallPlan(), { threads: 1 });
    expect(there).toMatchObject({ build: here.build, threads: 1, memoryBytes: here.memoryBytes });
    expect(await there.run(picture)).toEqual(await here.run(picture));
    // The input was copied, so it can be run again.
    expect(await there.run(picture)).toEqual(await here.run(picture));
  });

  it("answers several runs in the order in which they were asked for", async () => {
    const there = await connectEngine(served(), smallPlan(), { threads: 1 });
    const inputs = [0.1, 0.2, 0.3].map((value) => new Float32Array(picture.length).fill(value));
    const together = await Promise.all(inputs.map((input) => there.run(input)));
    for (const [i, input] of inputs.entries()) expect(together[i]).toEqual(await there.run(input));
  });

  it("throws the typed errors of the other side", async () => {
    const port = served();
    await expect(connectEngine(port, smallPlan(), { threads: 0 })).rejects.toMatchObject({ code: "invalid-argument" });
    const engine = await connectEngine(port, smallPlan(), { threads: 1 });
    await expect(engine.run(new Float32Array(3))).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the input has 3 values
        expected: a positive multiple of 12288, for [?,64,64,3]
        received: 0.00 examples]
    `);
    await expect(engine.run(picture, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "aborted" });
    engine.dispose();
    await expect(engine.run(picture)).rejects.toMatchObject({ code: "disposed" });
  });

  it("fails, and does not wait for ever, when the worker dies", async () => {
    const worker = Object.assign(new EventTarget(), { postMessage: () => undefined });
    const connecting = connectEngine(worker, smallPlan());
    worker.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
    await expect(connecting).rejects.toMatchObject({
      code: "backend-failed",
      message: "the other side of the engine failed: out of memory",
    });
  });
});
