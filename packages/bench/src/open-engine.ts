import { compilePlan } from "@efficientnet/plan";
import { tensorShapes } from "@efficientnet/specs";
import { createEngine } from "@efficientnet/wasm";
import type { Contestant } from "./contestant.js";
import type { WasmEngine } from "./engine.js";
import { inputOf, readerOf, specOf, type Task } from "./task.js";

/** Our engine without tfjs, on a plan of one picture, which larger batches pass through picture by picture. */
export async function openEngine({ threads }: WasmEngine, task: Task): Promise<Contestant> {
  const spec = specOf(task);
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = readerOf(task);
  const readByName = (name: string) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`${task.model} has no ${name}`);
    return read(tensor);
  };
  const plan = compilePlan(spec, readByName, { imageSize: task.size, outputs: ["logits"] });
  const engine = await createEngine(plan, { threads });
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
