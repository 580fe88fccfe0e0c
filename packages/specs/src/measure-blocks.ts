import { checkCounts } from "./check-counts.js";
import { elementsOf, isTrainable } from "./count-parameters.js";
import { expandBlocks } from "./expand-blocks.js";
import type { ImageSize } from "./image-size.js";
import { type Operation, type OperationKind, traceOperations } from "./operations.js";
import { tensorShapes } from "./tensor-shapes.js";
import type { ArchitectureSpec, BlockSpec } from "./types.js";

/** Under which conditions costs are counted. */
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

/** The cost of one operation of a block. */
export interface OperationCost extends Cost {
  readonly kind: OperationKind;
}

/** The cost of a block, with that of each operation in it. */
export interface BlockCost extends Cost {
  readonly kind: BlockSpec["block"];
  /** Trainable parameters: the weights, gamma and beta. */
  readonly parameters: number;
  readonly operations: readonly OperationCost[];
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
  const { imageSize = spec.resolution.eval, ...batching } = options;
  const operations = traceOperations(spec, imageSize);
  const trainable = tensorShapes(spec).filter(isTrainable);
  return expandBlocks(spec).map(({ name, kind }) => {
    const isOwn = (part: { readonly name: string }) => part.name.startsWith(`${name}.`);
    const own = operations.filter(isOwn);
    return {
      kind,
      ...measureOperations(name, own, batching),
      parameters: elementsOf(trainable.filter(isOwn)),
      operations: own.map((operation) => ({
        kind: operation.kind,
        ...measureOperations(operation.name, [operation], batching),
      })),
    };
  });
}

/**
 * What some operations of {@link traceOperations} cost together, by the model of {@link measureBlocks}: a stage, the
 * head or a whole network.
 *
 * @throws `invalid-argument` for a batch or element width that is not a positive integer.
 */
export function measureOperations(
  name: string,
  operations: readonly Operation[],
  { batch = 1, bytesPerElement = 4 }: Omit<MeasureBlocksOptions, "imageSize"> = {},
): Cost {
  checkCounts({ batch, bytesPerElement });
  const sum = (what: "macs" | "weights" | "activations" | "moved") =>
    operations.reduce((total, operation) => total + operation[what], 0);
  const macs = batch * sum("macs");
  const weights = sum("weights");
  const elementsMoved = batch * sum("moved") + weights;
  const bytesMoved = elementsMoved * bytesPerElement;
  const activations = batch * sum("activations");
  return { name, macs, weights, activations, elementsMoved, bytesMoved, flopsPerByte: (2 * macs) / bytesMoved };
}
