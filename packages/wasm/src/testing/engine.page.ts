import { createEngine, engineSupport, type KernelBuild } from "../index.js";
import { smallPlan } from "./small-plan.js";

const api = {
  /** The logits of a picture, and how the engine came to run as it does. */
  run: async (threads: number, build: KernelBuild, input: Float32Array) => {
    await nextTask();
    const engine = await createEngine(smallPlan(), { threads, build });
    const { logits } = await engine.run(input);
    await engine.run(input);
    engine.dispose();
    return { threads: engine.threads, reason: engine.threadsReason, logits: [...(logits?.values ?? [])] };
  },
  /** What the engine says beforehand. */
  support: () => nextTask().then(engineSupport),
  /** The error of an engine that cannot be created. */
  refused: () =>
    nextTask()
      .then(() => createEngine(smallPlan()))
      .then(String, (error: { code?: string; message: string }) => [error.code, error.message]),
};

/** A call from outside the page is free of its policies until it waits for something. */
const nextTask = () => new Promise((resolve) => setTimeout(resolve));

Object.assign(globalThis, { api });
