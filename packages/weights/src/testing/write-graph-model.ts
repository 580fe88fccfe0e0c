import { type ArchitectureSpec, type Block, expandBlocks, tensorShapes } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";

interface Weight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

interface Node {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
}

/**
 * A network as the converter of TensorFlow.js writes graphs: batch norms folded into biases (the head's is left as it
 * is), arrays named without meaning, nodes in reverse order. `values` gives what a canonical tensor holds.
 */
export function writeGraphModel(spec: ArchitectureSpec, values: (name: string, length: number) => Float32Array) {
  const shapes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape]));
  const weights: Weight[] = [];
  const nodes: Node[] = [];
  const add = (op: string, ...input: readonly string[]): string => {
    nodes.push({ name: `node_${nodes.length}`, op, input });
    return `node_${nodes.length - 1}`;
  };
  const constant = (shape: readonly number[], data: Float32Array): string => {
    const name = `Func/input/_${weights.length}`;
    weights.push({ name, shape, values: data });
    nodes.push({ name, op: "Const" });
    return name;
  };
  const tensor = (name: string, shape = shapes.get(name) ?? []): string =>
    constant(
      shape,
      values(
        name,
        shape.reduce((product, size) => product * size, 1),
      ),
    );
  const folded = (op: string, x: string, layer: string) =>
    add(op, x, tensor(`${layer}.conv.kernel`), tensor(`${layer}.norm.beta`));
  const swish = (x: string) => add("Mul", add("Sigmoid", x), x);
  const squeeze = (x: string, name: string) => {
    const pooled = add("Reshape", add("Mean", x, "axes"), add("Pack", add("Shape", x)));
    const conv = (input: string, part: string) =>
      add("BiasAdd", add("Conv2D", input, tensor(`${name}.${part}.kernel`)), tensor(`${name}.${part}.bias`));
    return add("Mul", x, add("Sigmoid", conv(swish(conv(pooled, "reduce")), "expand")));
  };
  const block = (x: string, { name, kind, expands, projects, squeezeChannels, residual }: Block): string => {
    let y = expands ? swish(folded("_FusedConv2D", x, `${name}.expand`)) : x;
    if (kind === "mbconv") {
      const depthwise = add("DepthwiseConv2dNative", y, tensor(`${name}.depthwise.conv.kernel`));
      y = swish(add("BiasAdd", depthwise, tensor(`${name}.depthwise.norm.beta`)));
    }
    if (squeezeChannels > 0) y = squeeze(y, `${name}.squeeze`);
    if (projects) y = folded("_FusedConv2D", y, `${name}.project`);
    return residual ? add("AddV2", y, x) : y;
  };
  nodes.push({ name: "axes", op: "Const" }, { name: "image", op: "Placeholder" });
  const scaled = add("Mul", constant([], Float32Array.of(1 / 64)), "image:0");
  const normal = add("Sub", scaled, add("BroadcastTo", constant([3], Float32Array.of(1, 2, 3)), add("Shape", scaled)));
  let x = swish(folded("_FusedConv2D", normal, "stem"));
  for (const each of expandBlocks(spec)) x = block(x, each);
  const norm = ["gamma", "beta", "mean", "variance"].map((part) => tensor(`head.norm.${part}`));
  x = swish(add("FusedBatchNormV3", add("Conv2D", x, tensor("head.conv.kernel")), ...norm));
  add("_FusedMatMul", add("Mean", x, "axes"), tensor("classifier.kernel"), tensor("classifier.bias"));
  return { ...writeManifest(weights), modelTopology: { node: nodes.reverse() }, format: "graph-model" };
}

/** Arrays one after another in shards of an odd size, so that they straddle and lie unaligned. */
export function writeManifest(weights: readonly Weight[], shardBytes = 100_001) {
  const bytes = Buffer.concat(weights.map(({ values }) => Buffer.from(values.buffer)));
  const count = Math.ceil(bytes.length / shardBytes);
  const paths = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  return {
    weightsManifest: [{ paths, weights: weights.map(({ name, shape }) => ({ name, shape, dtype: "float32" })) }],
    shards: new Map(
      paths.map((path, i) => [path, new Uint8Array(bytes.subarray(i * shardBytes, (i + 1) * shardBytes))]),
    ),
  };
}

/** Values that differ from tensor to tensor. */
export const filled = (name: string, length: number) => uniformArray(name, length);
