import {
  foldedTensors,
  inputOf,
  inputShape,
  networkToOnnx,
  readerOf,
  specOf,
  type Task,
  type TorchEngine,
  toNchw,
} from "@efficientnet/bench";
import { tensorShapes } from "@efficientnet/specs";

/** What `run_graph.py` reads: a graph as JSON, and the floats of its tensors and of the input. */
export interface TorchGraph {
  readonly description: string;
  readonly floats: Float32Array;
}

/** The network as an ONNX graph, each `x * sigmoid(x)` joined into a SiLU, as one writes it in PyTorch. */
export function torchGraph(task: Task, { threads, tuned }: TorchEngine): TorchGraph {
  const spec = specOf(task);
  const source = tuned ? foldedTensors(task) : { shapes: tensorShapes(spec), read: readerOf(task) };
  const { nodes, tensors, input, output } = networkToOnnx(spec, source, task.batch, task.size);
  const sigmoids = new Map(
    nodes.flatMap((node) => (node.operator === "Sigmoid" ? [[node.output, node.inputs[0]]] : [])),
  );
  const silus = nodes.filter(({ operator, inputs: [x = "", y = ""] }) => operator === "Mul" && sigmoids.get(y) === x);
  const dropped = new Set(silus.map(({ inputs }) => inputs[1]));
  const steps = nodes
    .filter((node) => !dropped.has(node.output))
    .map((node) => (silus.includes(node) ? { ...node, operator: "SiLU", inputs: node.inputs.slice(0, 1) } : node));
  const lastUse: Record<number, string[]> = {};
  const last = new Map(steps.flatMap(({ inputs }, i) => inputs.map((name) => [name, i])));
  for (const [name, i] of last) lastUse[i] = [...(lastUse[i] ?? []), name];
  let at = 0;
  const parts: Float32Array[] = [];
  const place = (values: Float32Array) => {
    const begin = at;
    parts.push(values);
    at += values.length;
    return begin;
  };
  const description = JSON.stringify({
    threads,
    channelsLast: tuned,
    nodes: steps.map(({ operator, inputs, output, attributes }) => [operator, inputs, output, attributes]),
    lastUse,
    tensors: tensors.map(({ name, shape, values }) => ({ name, shape, at: place(values) })),
    input: { ...input, at: place(toNchw(inputOf(task), inputShape(task))) },
    output,
  });
  const floats = new Float32Array(at);
  let filled = 0;
  for (const part of parts) {
    floats.set(part, filled);
    filled += part.length;
  }
  return { description, floats };
}
