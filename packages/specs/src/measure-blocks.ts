import { EfficientNetError } from "@efficientnet/errors";
import { expandBlocks } from "./expand-blocks.js";
import type { ImageSize } from "./image-size.js";
import { type Operation, traceOperations } from "./operations.js";
import { tensorShapes } from "./tensor-shapes.js";
import type { ArchitectureSpec, BlockSpec } from "./types.js";

export interface MeasureBlocksOptions {
  /** Input size; the evaluation resolution by default. */
  readonly imageSize?: ImageSize;
  readonly batch?: number;
  /** 4 for float32 (the default), 2 for float16. */
  readonly bytesPerElement?: number;
}

/** What an operation or a block costs for a whole batch. */
export interface Cost {
  readonly name: string;
  readonly macs: number;
  /** Elements of kernels and biases; batch norm is left out, for it folds into them. */
  readonly weights: number;
  /** Activation elements put out. */
  readonly activations: number;
  /** Activations read and written plus the weights, once per batch. */
  readonly elementsMoved: number;
  readonly bytesMoved: number;
  /** Arithmetic intensity: two operations per multiply-add, over the bytes moved. */
  readonly flopsPerByte: number;
}

export interface BlockCost extends Cost {
  readonly kind: BlockSpec["block"];
  /** Trainable parameters: the weights, gamma and beta. */
  readonly parameters: number;
  readonly operations: readonly (Cost & Pick<Operation, "kind">)[];
}

/**
 * What each block costs, by a model in which every operation reads its input and its weights and writes its output once,
 * with nothing kept in caches between operations; batch norm, activations and the addition are free.
 * Squeeze-and-excitation reads its map twice and writes it once.
 *
 * It shows why Fused-MBConv pays off early: four to five times the multiply-adds, a third of the traffic.
 *
 * @throws `invalid-argument` for a size, batch or element width that is not a positive integer.
 *
 * Source: EfficientNetV2 paper, section 3.2 (depthwise convolutions are slow in early layers).
 */
export function measureBlocks(spec: ArchitectureSpec, options: MeasureBlocksOptions = {}): readonly BlockCost[] {
  const { imageSize = spec.resolution.eval, batch = 1, bytesPerElement = 4 } = options;
  for (const [name, value] of Object.entries({ batch, bytesPerElement })) {
    if (Number.isInteger(value) && value > 0) continue;
    throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected: "a positive integer" });
  }
  const operations = traceOperations(spec, imageSize);
  const parameters = parametersByBlock(spec);
  return expandBlocks(spec).map(({ name, kind }) => {
    const own = operations
      .filter((operation) => operation.name.startsWith(`${name}.`))
      .map((operation) => ({ kind: operation.kind, ...costOf(operation, batch, bytesPerElement) }));
    return { kind, ...sumOf(name, own), parameters: parameters.get(name) ?? 0, operations: own };
  });
}

function costOf({ name, macs, weights, activations, moved }: Operation, batch: number, bytesPerElement: number): Cost {
  const elementsMoved = batch * moved + weights;
  return withRatio({
    name,
    macs: batch * macs,
    weights,
    activations: batch * activations,
    elementsMoved,
    bytesMoved: elementsMoved * bytesPerElement,
  });
}

function sumOf(name: string, costs: readonly Cost[]): Cost {
  const sum = (what: Exclude<keyof Cost, "name" | "flopsPerByte">) =>
    costs.reduce((total, cost) => total + cost[what], 0);
  return withRatio({
    name,
    macs: sum("macs"),
    weights: sum("weights"),
    activations: sum("activations"),
    elementsMoved: sum("elementsMoved"),
    bytesMoved: sum("bytesMoved"),
  });
}

function withRatio(cost: Omit<Cost, "flopsPerByte">): Cost {
  return { ...cost, flopsPerByte: (2 * cost.macs) / cost.bytesMoved };
}

function parametersByBlock(spec: ArchitectureSpec): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { name, shape, role } of tensorShapes(spec)) {
    if (role === "mean" || role === "variance") continue;
    const block = name.split(".").slice(0, 3).join(".");
    sums.set(block, (sums.get(block) ?? 0) + shape.reduce((product, side) => product * side, 1));
  }
  return sums;
}
