import type { ImageSize } from "./image-size.js";
import { type OperationKind, traceOperations } from "./operations.js";
import type { ArchitectureSpec } from "./types.js";

/** A sum over a network, and its parts by kind of operation. */
export interface Count<Kind extends string> {
  readonly total: number;
  /** Every kind, 0 where the network has none. */
  readonly byKind: Readonly<Record<Kind, number>>;
}

const NONE: Readonly<Record<OperationKind, 0>> = {
  stem: 0,
  routing: 0,
  expand: 0,
  fused: 0,
  depthwise: 0,
  squeeze: 0,
  project: 0,
  head: 0,
  classifier: 0,
};

/**
 * Multiply-adds of one forward pass on one picture: convolutions, squeeze-and-excitation, routing and the classifier;
 * batch norm, activations, pooling and additions are not counted. The papers call this number FLOPS.
 *
 * Source: EfficientNet paper, table 2; EfficientNetV2 paper, table 7.
 */
export function countMacs(spec: ArchitectureSpec, imageSize: ImageSize = spec.resolution.eval): Count<OperationKind> {
  return countOperations(spec, imageSize, "macs");
}

/** Elements that the convolutions and the classifier put out on one picture. */
export function countActivations(
  spec: ArchitectureSpec,
  imageSize: ImageSize = spec.resolution.eval,
): Count<OperationKind> {
  return countOperations(spec, imageSize, "activations");
}

/** One property of a network's operations, summed over all of them and over each kind. */
export function countOperations(
  spec: ArchitectureSpec,
  imageSize: ImageSize,
  what: "macs" | "activations" | "weights",
): Count<OperationKind> {
  const byKind: Record<OperationKind, number> = { ...NONE };
  let total = 0;
  for (const operation of traceOperations(spec, imageSize)) {
    byKind[operation.kind] += operation[what];
    total += operation[what];
  }
  return { total, byKind };
}
