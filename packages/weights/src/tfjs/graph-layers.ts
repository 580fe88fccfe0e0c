import { EfficientNetError } from "@efficientnet/errors";
import { type LayerKind, nameLayers } from "../graph/name-layers.js";
import type { GraphNode, ModelGraph } from "./model-graph.js";

/** A layer of a graph under its name by place: parameters by name, each with the array of the manifest that holds it. */
export interface GraphLayer {
  readonly name: string;
  readonly node: GraphNode;
  readonly parameters: ReadonlyMap<string, string>;
}

const CONVOLUTIONS = new Set(["Conv2D", "_FusedConv2D"]);
const DEPTHWISE = new Set(["DepthwiseConv2dNative", "FusedDepthwiseConv2dNative"]);
const DENSE = new Set(["MatMul", "_FusedMatMul"]);
const POOLING = new Set(["Mean", "AvgPool"]);
const BIAS = new Set(["BiasAdd", "Add", "AddV2"]);
const NORM = /^FusedBatchNorm(?:V[23])?$/;

/**
 * The layers with weights in forward order. A bias may be a third operand or an addition after the layer; a batch norm
 * that was not folded is the operation after it.
 */
export function graphLayers(graph: ModelGraph, shapes: ReadonlyMap<string, readonly number[]>): readonly GraphLayer[] {
  const pooled = pooledNodes(graph, shapes);
  const after = consumers(graph);
  const layers = [...graph.values()].flatMap((node) => {
    const kernel = arrayOf(graph, shapes, node.inputs[1]);
    const kind = kernel === null ? null : kindOf(node, shapes.get(kernel) ?? [], pooled);
    return kernel === null || kind === null ? [] : [{ node, kernel, kind }];
  });
  const names = nameLayers(layers.map(({ kind }) => kind));
  return layers.map(({ node, kernel }, index) => {
    const name = names[index] ?? "";
    const parameters = new Map([[`${name}/kernel`, kernel]]);
    const fused = arrayOf(graph, shapes, node.inputs[2]);
    if (fused !== null) parameters.set(`${name}/bias`, fused);
    let last = node;
    for (let next = after.get(last.name); next !== undefined; last = next, next = after.get(last.name)) {
      const parts = followers(graph, shapes, name, last, next);
      if (parts === null) break;
      for (const [parameter, array] of parts) parameters.set(parameter, array);
    }
    return { name, node, parameters };
  });
}

function kindOf(node: GraphNode, shape: readonly number[], pooled: ReadonlySet<string>): LayerKind | null {
  const { op, inputs, transposed } = node;
  if (DEPTHWISE.has(op)) return "depthwise";
  if (CONVOLUTIONS.has(op)) {
    if (shape[0] !== 1 || shape[1] !== 1) return "spatial";
    return pooled.has(inputs[0] ?? "") ? "pooled" : "pointwise";
  }
  if (!DENSE.has(op)) return null;
  if (!transposed) return "dense";
  throw new EfficientNetError("unsupported", "the classifier of this graph multiplies by a transposed matrix");
}

/** What comes right after a layer, when it is a bias or a batch norm with constants. */
function followers(
  graph: ModelGraph,
  shapes: ReadonlyMap<string, readonly number[]>,
  name: string,
  { name: last }: GraphNode,
  { op, inputs }: GraphNode,
): readonly (readonly [string, string])[] | null {
  if (BIAS.has(op)) {
    const bias = arrayOf(
      graph,
      shapes,
      inputs.find((input) => input !== last),
    );
    return bias === null || shapes.get(bias)?.length !== 1 ? null : [[`${name}/bias`, bias]];
  }
  if (!NORM.test(op) || inputs[0] !== last) return null;
  return ["gamma", "beta", "mean", "variance"].flatMap((part, index) => {
    const array = arrayOf(graph, shapes, inputs[index + 1]);
    return array === null
      ? []
      : [[`${name.replace(/\/conv$/, "")}${name.endsWith("/conv") ? "/norm" : "_norm"}/${part}`, array] as const];
  });
}

/** The only node that takes the values of each node; nodes with several are left out. */
function consumers(graph: ModelGraph): ReadonlyMap<string, GraphNode> {
  const found = new Map<string, GraphNode | null>();
  for (const node of graph.values()) {
    for (const input of new Set(node.inputs)) found.set(input, found.has(input) ? null : node);
  }
  return new Map([...found].filter((entry): entry is [string, GraphNode] => entry[1] !== null));
}

/** The nodes whose values have lost height and width: what a pooling gives, and what is computed from that alone. */
function pooledNodes(graph: ModelGraph, shapes: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  const pooled = new Set<string>();
  for (const { name, op, inputs } of graph.values()) {
    const values = inputs.filter((input) => !shapes.has(input));
    if (POOLING.has(op) || (values[0] !== undefined && takesValues(op, values).every((input) => pooled.has(input)))) {
      pooled.add(name);
    }
  }
  return pooled;
}

/** A reshape takes its shape from elsewhere; arithmetic takes all of its inputs. */
function takesValues(op: string, inputs: readonly string[]): readonly string[] {
  return op === "Reshape" ? inputs.slice(0, 1) : inputs;
}

/** The array of the manifest behind an input, through nodes that only pass it on. */
export function arrayOf(
  graph: ModelGraph,
  shapes: ReadonlyMap<string, readonly number[]>,
  input: string | undefined,
): string | null {
  let name = input;
  for (let steps = 0; name !== undefined && steps < 8; steps++) {
    if (shapes.has(name)) return name;
    const node = graph.get(name);
    name = node && /^(?:Identity|BroadcastTo|ReadVariableOp)$/.test(node.op) ? node.inputs[0] : undefined;
  }
  return null;
}
