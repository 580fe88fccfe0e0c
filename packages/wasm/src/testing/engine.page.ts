import { createEngine, type KernelBuild } from "../index.js";
import { smallPlan } from "./small-plan.js";

const api = {
  /** The logits of a picture, and how the engine came to run as it does. */
  run: async (threads: number, build: KernelBuild, input: Float32Array) => {
    const engine = await createEngine(smallPlan(), { threads, build });
    const { logits } = await engine.run(input);
    await engine.run(input);
    engine.dispose();
    return { threads: engine.threads, reason: engine.threadsReason, logits: [...(logits?.values ?? [])] };
  },
};

Object.assign(globalThis, { api });
