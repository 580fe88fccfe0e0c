import { asList, asObject, asText, damaged } from "./json-values.js";

export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Names of the nodes it takes values from, without output numbers; those that only order execution are left out. */
  readonly inputs: readonly string[];
  /** It multiplies by the transposed matrix. */
  readonly transposed: boolean;
}

/** The nodes of a graph, each after those it depends on. */
export type ModelGraph = ReadonlyMap<string, GraphNode>;

/**
 * The graph of a `modelTopology`.
 *
 * @throws `wrong-file` for nodes that cannot be: repeated, missing, or in a circle.
 */
export function parseGraph(topology: unknown): ModelGraph {
  const nodes = new Map<string, GraphNode>();
  for (const value of asList(asObject(topology, "the modelTopology").node, "the list of nodes")) {
    const node = parseNode(value);
    if (nodes.has(node.name)) throw damaged(`two nodes are named ${quote(node.name)}`);
    nodes.set(node.name, node);
  }
  return sorted(nodes);
}

function parseNode(value: unknown): GraphNode {
  const node = asObject(value, "a node");
  const inputs = asList(node.input ?? [], "the inputs of a node").map((input) => asText(input, "an input of a node"));
  const attributes = asObject(node.attr ?? {}, "the attributes of a node");
  const transposed = [attributes.transpose_a, attributes.transpose_b].some(
    (attribute) => attribute !== undefined && asObject(attribute, "an attribute of a node").b === true,
  );
  return {
    name: asText(node.name, "the name of a node"),
    op: asText(node.op, "the operation of a node"),
    inputs: inputs.filter((input) => !input.startsWith("^")).map((input) => input.replace(/:\d+$/, "")),
    transposed,
  };
}

/** Depth first, without recursion: a file may be one long chain. */
function sorted(nodes: ModelGraph): ModelGraph {
  const done = new Map<string, GraphNode>();
  const open = new Set<string>();
  for (const root of nodes.keys()) {
    const stack = [root];
    for (let name = stack.at(-1); name !== undefined; name = stack.at(-1)) {
      const node = nodes.get(name);
      if (node === undefined) throw damaged(`no node is named ${quote(name)}`);
      const waiting = done.has(name) ? [] : node.inputs.filter((input) => !done.has(input));
      if (waiting.length === 0) {
        done.set(name, node);
        open.delete(name);
        stack.pop();
        continue;
      }
      if (open.has(name)) throw damaged(`node ${quote(name)} depends on itself`);
      open.add(name);
      stack.push(...waiting);
    }
  }
  return done;
}

function quote(name: string): string {
  return JSON.stringify(name.slice(0, 200));
}
