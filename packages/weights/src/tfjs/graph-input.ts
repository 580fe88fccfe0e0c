import { isEfficientNetError } from "@efficientnet/errors";
import type { StoredTensor } from "../checkpoint.js";
import { type PixelNormalisation, type PixelStep, pixelNormalisation } from "../graph/pixel-normalisation.js";
import { arrayOf } from "./graph-layers.js";
import type { ModelGraph } from "./model-graph.js";

const OPERATIONS: ReadonlyMap<string, PixelStep["operation"]> = new Map([
  ["Mul", "mul"],
  ["AddV2", "add"],
  ["Add", "add"],
  ["Sub", "sub"],
  ["RealDiv", "div"],
  ["Div", "div"],
]);
const PASSING = new Set(["Identity", "Cast", "Pad", "PadV2"]);

/**
 * The normalisation between the input of a graph and its first convolution; null where it is not arithmetic with
 * constants, or where the files that hold the constants are not here.
 */
export function graphInput(
  graph: ModelGraph,
  tensors: ReadonlyMap<string, StoredTensor>,
  stemInput: string | undefined,
): PixelNormalisation | null {
  const shapes = new Map([...tensors].map(([name, { shape }]) => [name, shape]));
  const steps: PixelStep[] = [];
  let node = graph.get(stemInput ?? "");
  while (node !== undefined && !node.op.startsWith("Placeholder")) {
    const operation = OPERATIONS.get(node.op);
    const [left, right] = node.inputs;
    if (operation === undefined) {
      if (!PASSING.has(node.op)) return null;
      node = graph.get(left ?? "");
      continue;
    }
    const constants = [left, right].map((input) => arrayOf(graph, shapes, input));
    const side = constants[1] === null ? 0 : 1;
    const constant = constants[side];
    if (typeof constant !== "string" || (side === 0 && operation !== "mul" && operation !== "add")) return null;
    const values = readConstant(tensors.get(constant));
    if (values === null) return null;
    steps.unshift({ operation, values });
    node = graph.get((side === 0 ? right : left) ?? "");
  }
  return node === undefined ? null : pixelNormalisation(steps, null);
}

function readConstant(tensor: StoredTensor | undefined): readonly number[] | null {
  const count = tensor?.shape.reduce((product, size) => product * size, 1);
  if (tensor === undefined || (count !== 1 && count !== 3)) return null;
  try {
    return [...tensor.read()];
  } catch (error) {
    if (isEfficientNetError(error, "wrong-file")) return null;
    throw error;
  }
}
