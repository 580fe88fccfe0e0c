import { type Block, expandBlocks } from "./expand-blocks.js";
import type { ImageSize } from "./image-size.js";
import { type ShapeStep, traceShapes } from "./trace-shapes.js";
import type { ArchitectureSpec } from "./types.js";

/**
 * What an operation with weights is for. `expand` is a 1x1 convolution; the k x k convolution of a Fused-MBConv is `fused`;
 * `squeeze` is both layers of squeeze-and-excitation; `routing` is CondConv's dense layer.
 */
export type OperationKind =
  | "stem"
  | "routing"
  | "expand"
  | "fused"
  | "depthwise"
  | "squeeze"
  | "project"
  | "head"
  | "classifier";

/** An operation with weights, for one picture. Batch norm, activations and additions are not operations here. */
export interface Operation {
  /** `stem`, `stages.2.1.depthwise`, `head`, `classifier`: the prefix of its tensors. */
  readonly name: string;
  readonly kind: OperationKind;
  /** Multiply-adds. A CondConv convolution includes mixing its kernels, once per picture. */
  readonly macs: number;
  /** Kernel and bias elements. */
  readonly weights: number;
  /** Activation elements that it produces. */
  readonly activations: number;
  /** Elements that it reads and writes, its weights aside. */
  readonly moved: number;
}

/** Every operation of a network on one picture, in forward order. */
export function traceOperations(spec: ArchitectureSpec, imageSize: ImageSize): readonly Operation[] {
  const blocks = new Map(expandBlocks(spec).map((block) => [block.name, block]));
  return traceShapes(spec, imageSize).flatMap((step) => {
    const block = blocks.get(step.name);
    return block ? blockOperations(block, step) : endOperations(spec, step);
  });
}

function endOperations(spec: ArchitectureSpec, { kind, input, output }: ShapeStep): Operation[] {
  const before = map(input);
  const after = map(output);
  if (kind === "stem") return [convolution("stem", kind, { before, after, kernelSize: spec.stem.kernelSize })];
  if (kind === "head") return [convolution("head", kind, { before, after, kernelSize: 1 })];
  return kind === "classifier" ? [dense("classifier", kind, before.channels, after.channels, before.channels)] : [];
}

function blockOperations(block: Block, { input, output }: ShapeStep): Operation[] {
  const { name, kernelSize, experts, expandedChannels, squeezeChannels } = block;
  const before = map(input);
  const after = map(output);
  const wideBefore = { ...before, channels: expandedChannels };
  const wideAfter = { ...after, channels: expandedChannels };
  const operations: Operation[] = [];
  if (experts > 0) operations.push(routing(`${name}.routing`, before, experts));
  if (block.kind === "fused-mbconv") {
    const widened = block.projects ? wideAfter : after;
    operations.push(convolution(`${name}.expand`, "fused", { before, after: widened, kernelSize }));
  } else {
    if (block.expands) {
      operations.push(convolution(`${name}.expand`, "expand", { before, after: wideBefore, kernelSize: 1, experts }));
    }
    const groups = expandedChannels;
    const depthwise = { before: wideBefore, after: wideAfter, kernelSize, experts, groups };
    operations.push(convolution(`${name}.depthwise`, "depthwise", depthwise));
  }
  if (squeezeChannels > 0) operations.push(squeeze(`${name}.squeeze`, wideAfter, squeezeChannels));
  if (block.projects) {
    operations.push(convolution(`${name}.project`, "project", { before: wideAfter, after, kernelSize: 1, experts }));
  }
  return operations;
}

interface FeatureMap {
  /** Height times width. */
  readonly positions: number;
  readonly channels: number;
}

function map(shape: readonly number[]): FeatureMap {
  const channels = shape.at(-1) ?? 0;
  return { positions: shape.slice(1, -1).reduce((product, side) => product * side, 1), channels };
}

const elements = ({ positions, channels }: FeatureMap) => positions * channels;

interface Convolution {
  readonly before: FeatureMap;
  readonly after: FeatureMap;
  readonly kernelSize: number;
  readonly groups?: number;
  readonly experts?: number;
}

function convolution(
  name: string,
  kind: OperationKind,
  { before, after, kernelSize, groups = 1, experts = 0 }: Convolution,
): Operation {
  const kernel = (kernelSize ** 2 * before.channels * after.channels) / groups;
  return {
    name,
    kind,
    macs: (after.positions + experts) * kernel,
    weights: Math.max(1, experts) * kernel,
    activations: elements(after),
    // A mixed kernel is written and read once per picture.
    moved: elements(before) + elements(after) + (experts > 0 ? 2 * kernel : 0),
  };
}

function dense(name: string, kind: OperationKind, inputs: number, outputs: number, read: number): Operation {
  const macs = inputs * outputs;
  return { name, kind, macs, weights: macs + outputs, activations: outputs, moved: read + outputs };
}

/** Mean over the input map, then a dense layer. Its answers weigh kernels, so they are no activations. */
function routing(name: string, before: FeatureMap, experts: number): Operation {
  return { ...dense(name, "routing", before.channels, experts, elements(before)), activations: 0 };
}

/** The map is read for the mean, then read and written for the gate; the two small layers in between move next to nothing. */
function squeeze(name: string, wide: FeatureMap, squeezeChannels: number): Operation {
  const macs = 2 * wide.channels * squeezeChannels;
  const biases = wide.channels + squeezeChannels;
  return { name, kind: "squeeze", macs, weights: macs + biases, activations: biases, moved: 3 * elements(wide) };
}
