import { EfficientNetError } from "@efficientnet/errors";
import type { StoredTensor } from "../checkpoint.js";
import { type LayerKind, nameLayers } from "../graph/name-layers.js";
import type { LiteGraph, LiteTensor } from "./lite-graph.js";
import { liteValues } from "./lite-values.js";

/** A layer of the network with its weights, in the file's layout. */
export interface LiteLayer {
  readonly name: string;
  readonly filter: StoredTensor;
  readonly bias: StoredTensor | null;
}

/** The layers that have weights, in forward order, named by their place in the network. */
export function liteLayers(graph: LiteGraph): readonly LiteLayer[] {
  const layers = graph.operators.flatMap(({ operation, inputs: [input = -1, filter = -1, bias = -1] }) => {
    if (operation !== "conv" && operation !== "depthwise" && operation !== "dense") return [];
    const weights = constant(graph, filter);
    const kind = operation === "conv" ? convolutionKind(weights.shape, graph.tensor(input).shape) : operation;
    return [{ kind, weights, bias: bias < 0 ? null : constant(graph, bias) }];
  });
  const names = nameLayers(layers.map(({ kind }) => kind));
  return layers.map(({ kind, weights, bias }, index) => {
    const name = names[index] ?? "";
    const filter = liteValues(`${name}/filter`, weights);
    // A classifier written as a convolution of the pooled map is a matrix with two axes of length 1 in between.
    const asMatrix = name === "head/dense" && kind === "pooled";
    return {
      name,
      filter: asMatrix ? { ...filter, shape: [filter.shape[0] ?? 0, filter.shape.at(-1) ?? 0] } : filter,
      bias: bias && liteValues(`${name}/bias`, bias),
    };
  });
}

function convolutionKind([, height, width]: readonly number[], [, inHeight, inWidth]: readonly number[]): LayerKind {
  if (height !== 1 || width !== 1) return "spatial";
  return inHeight === 1 && inWidth === 1 ? "pooled" : "pointwise";
}

function constant(graph: LiteGraph, index: number): LiteTensor {
  const tensor = graph.constant(index);
  if (tensor !== null) return tensor;
  throw new EfficientNetError("unsupported", "the weights of a layer of this TensorFlow Lite model are computed", {
    expected: "constants",
  });
}
