import type { Rounding } from "@efficientnet/scaling";

export type { Rounding };

/** Activations of the published families. `silu` is also called swish. */
export type Activation = "silu" | "relu" | "relu6" | "hard-swish" | "mish";

/**
 * How a convolution with stride sees the border.
 *
 * - `same`: TensorFlow's SAME. The total padding depends on the input size and the odd pixel goes to the bottom right.
 * - `symmetric`: PyTorch's. `(kernelSize - 1) / 2` pixels on every side, whatever the size.
 *
 * Weights trained with one lose accuracy with the other, with no shape error: the maps shift by a pixel.
 */
export type Padding = "same" | "symmetric";

interface BlockFields {
  readonly kernelSize: number;
  /** Stride of the first block of the stage; the others have stride 1. */
  readonly stride: 1 | 2;
  /** Expanded width over input width. */
  readonly expandRatio: number;
  /**
   * Nominal input width of the stage. Expansion and squeeze widths follow it. It differs from the width that
   * really arrives only where a released network keeps its stem unscaled (Lite, EdgeTPU).
   */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly repeats: number;
  /** Squeeze-and-excitation width over the block's input width; 0 for none. */
  readonly seRatio: number;
  /** Add the input back where stride is 1 and the widths agree. */
  readonly skip: boolean;
  /** Overrides the network's activation inside the blocks of this stage. */
  readonly activation?: Activation;
}

/** A stage of inverted bottlenecks: 1x1 expand, k x k depthwise, squeeze-and-excitation, 1x1 project. */
export interface MBConvSpec extends BlockFields {
  readonly block: "mbconv";
  /** CondConv: number of kernels mixed per example by a routing layer. */
  readonly experts?: number;
}

/** A stage in which one k x k convolution replaces the expansion and the depthwise convolution. */
export interface FusedMBConvSpec extends BlockFields {
  readonly block: "fused-mbconv";
  /** False for the released V2 form of expand ratio 1: a single k x k convolution with activation, no 1x1 after it. */
  readonly projection: boolean;
}

/** A stage of a network: blocks of one kind. */
export type BlockSpec = MBConvSpec | FusedMBConvSpec;

/** A whole network as plain data. Parameter names, shapes, costs, the network and the name maps follow from it. */
export interface ArchitectureSpec {
  readonly name: string;
  readonly stem: { readonly channels: number; readonly kernelSize: number; readonly stride: number };
  readonly stages: readonly BlockSpec[];
  /** `classes: null` is a network without classifier: its answer is the pooled embedding. */
  readonly head: { readonly channels: number; readonly classes: number | null };
  readonly activation: Activation;
  /** Side of the input in pixels the authors trained and evaluated with. */
  readonly resolution: { readonly train: number; readonly eval: number };
  readonly dropoutRate: number;
  /** Probability of dropping the last residual branch; earlier branches ramp up from 0. */
  readonly dropPathRate: number;
  /** `momentum` is the share of the old statistics kept in each step (TensorFlow's convention; 1 minus PyTorch's). */
  readonly batchNorm: { readonly epsilon: number; readonly momentum: number };
  readonly padding: Padding;
  readonly rounding: Rounding;
}
