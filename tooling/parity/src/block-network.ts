import { type ArchitectureSpec, type BlockSpec, getSpec } from "@efficientnet/specs";
import {
  type CanonicalWeights,
  canonicalWeights,
  foreignWeights,
  nameMap,
  type StoredTensor,
} from "@efficientnet/weights";
import type { NamedValues } from "./compare-tensors.js";
import { goldenCheckpoint } from "./net-golden.js";
import type { BlockGolden, BlocksGolden } from "./train-golden.js";

const PREFIX = "blocks.0.0.";

/** A network around one block, so that specs and name maps serve for it. */
export interface BlockNetwork {
  readonly spec: ArchitectureSpec;
  readonly weights: CanonicalWeights;
  /** Tensors by canonical names, in the block's own foreign names and layouts. */
  foreign(read: (name: string) => Float32Array | undefined): ReadonlyMap<string, NamedValues>;
}

/** Reads the block off its tensors, its sizes and its name. */
export function blockNetwork(name: string, golden: BlockGolden, norm: BlocksGolden["batchNorm"]): BlockNetwork {
  const spec: ArchitectureSpec = {
    ...getSpec("efficientnetv2-b0"),
    name,
    stem: { channels: golden.inChannels, kernelSize: 3, stride: 2 },
    stages: [blockSpec(name, golden)],
    head: { channels: 8, classes: null },
    dropPathRate: 0,
    padding: name.endsWith(".same") ? "same" : "symmetric",
    batchNorm: { epsilon: norm.epsilon, momentum: 1 - norm.momentumTorch },
  };
  const scales = Object.keys(golden.tensors).flatMap((key) => (/^bn\d+\./.test(key) ? [[key.split(".")[0]!, 1]] : []));
  const own = goldenCheckpoint({ ...NO_NET, tensors: golden.tensors, batchNormScale: Object.fromEntries(scales) });
  const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((product, side) => product * side, 1));
  const tensors = nameMap("timm", spec).map(({ foreign, foreignShape: shape }): [string, StoredTensor] => {
    const key = foreign.startsWith(PREFIX) ? foreign.slice(PREFIX.length) : "";
    const begun = /running_(mean|var)$/.exec(key)?.[1];
    const filled = begun === undefined ? own.tensors.get(key) : undefined;
    // A new layer of PyTorch begins with a mean of 0 and a variance of 1.
    return [foreign, filled ?? { dtype: "F32", shape, read: () => zeros(shape).fill(begun === "var" ? 1 : 0) }];
  });
  return {
    spec,
    weights: canonicalWeights(spec, { format: "safetensors", tensors: new Map(tensors), metadata: new Map() }),
    foreign(read) {
      const sizes = new Map(nameMap("timm", spec).map(({ canonical, shape }) => [canonical, shape]));
      const all = foreignWeights("timm", spec, (canonical) => read(canonical) ?? zeros(sizes.get(canonical)!));
      const block = all.filter(([key]) => key.startsWith(PREFIX));
      return new Map(block.map(([key, values]) => [key.slice(PREFIX.length), values]));
    },
  };
}

const NO_NET = { family: "timm", arch: "", salt: "", input: [0, 0, 0, 0], features: {}, logits: {} as never } as const;

function blockSpec(name: string, { inChannels, input, tensors, train }: BlockGolden): BlockSpec {
  const [, height] = input;
  const [, outHeight = 0, , outChannels = 0] = train.output.shape;
  const of = (key: string) => tensors[`${key}.weight`];
  const [squeeze = 0] = of("se.conv_reduce") ?? [];
  const depthwise = of("conv_dw");
  const shared = {
    stride: height === outHeight ? 1 : 2,
    inChannels,
    outChannels,
    repeats: 1,
    // Half a channel more, so that truncation to whole channels gives the width again.
    seRatio: squeeze === 0 ? 0 : (squeeze + 0.5) / inChannels,
  } as const;
  if (depthwise !== undefined) {
    const expandRatio = depthwise[0]! / inChannels;
    return { ...shared, block: "mbconv", kernelSize: depthwise[2]!, expandRatio, skip: !name.includes("noskip") };
  }
  const expansion = of("conv_exp");
  const [width = 0, , kernelSize = 0] = expansion ?? of("conv") ?? [];
  const projection = expansion !== undefined;
  // timm's block of one convolution adds its input only where it is told to.
  const skip = projection ? !name.includes("noskip") : name.includes("residual");
  return {
    ...shared,
    block: "fused-mbconv",
    kernelSize,
    expandRatio: projection ? width / inChannels : 1,
    projection,
    skip,
  };
}
