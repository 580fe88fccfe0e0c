import { compilePlan, type Plan } from "@efficientnet/plan";
import { tensorShapes } from "@efficientnet/specs";
import { readerOf, specOf, type Task } from "./task.js";

/** A task's network as a plan for pictures one by one, which is the fastest way to run many of them. */
export function planOfTask(task: Task): Plan {
  const spec = specOf(task);
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = readerOf(task);
  const readByName = (name: string) => read(tensors.get(name) ?? { name, shape: [], role: "bias" });
  return compilePlan(spec, readByName, { imageSize: task.size, outputs: ["logits"] });
}
