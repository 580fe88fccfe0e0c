/** The process of one contestant: answers the calls of the process that forked it until that one disconnects. */
import { EfficientNetError } from "@efficientnet/errors";
import type { Contestant } from "./contestant.js";
import type { Engine } from "./engine.js";
import type { Call, Reply } from "./process-messages.js";
import type { Task } from "./task.js";
import { createVerbs } from "./verbs.js";

async function open(engine: Engine, task: Task): Promise<Contestant> {
  switch (engine.kind) {
    case "engine":
      return (await import("./open-engine.js")).openEngine(engine, task);
    case "model":
    case "tfjs":
      return (await import("./open-tfjs.js")).openTfjs(engine, task);
    case "onnxruntime-web":
    case "onnxruntime-node":
      return (await import("./open-onnxruntime.js")).openOnnxruntime(engine, task);
    case "pytorch":
      throw new EfficientNetError("unsupported", "PyTorch does not run in Node");
  }
}

const verbs = createVerbs(open);

process.on("message", async ({ id, verb, args }: Call) => {
  process.send?.(await reply(id, verb, args));
});
// Threads of an engine would keep the process alive.
process.on("disconnect", () => process.exit());

async function reply(id: number, verb: Call["verb"], args: readonly unknown[]): Promise<Reply> {
  try {
    const call = verbs[verb] as (...args: readonly unknown[]) => Promise<unknown>;
    return { id, result: await call(...args) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
