/** The process of one contestant: answers the calls of the process that forked it until that one disconnects. */
import { type Engine, isTfjs } from "./engine.js";
import { openEngine } from "./open-engine.js";
import { openOnnxruntime } from "./open-onnxruntime.js";
import { openTfjs } from "./open-tfjs.js";
import type { Call, Reply } from "./process-messages.js";
import type { Task } from "./task.js";
import { createVerbs } from "./verbs.js";

const open = (engine: Engine, task: Task) => {
  if (isTfjs(engine)) return openTfjs(engine, task);
  return engine.kind === "ours-without-tfjs" ? openEngine(engine, task) : openOnnxruntime(engine, task);
};

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
