import { createEngine } from "@efficientnet/wasm";
import type { Contestant } from "./contestant.js";
import type { WasmEngine } from "./engine.js";
import { planOfTask } from "./plan-of-task.js";
import { inputOf, type Task } from "./task.js";

/** Our engine without tfjs. */
export async function openEngine({ threads }: WasmEngine, task: Task): Promise<Contestant> {
  const engine = await createEngine(planOfTask(task), { threads });
  const input = inputOf(task);
  return {
    description: `engine, ${engine.build}, threads ${engine.threads}`,
    async run() {
      const { logits } = await engine.run(input);
      return logits?.values ?? new Float32Array();
    },
    close: async () => engine.dispose(),
  };
}
