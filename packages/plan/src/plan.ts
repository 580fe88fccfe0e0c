import type { Activation } from "@efficientnet/specs";

/** Index into {@link Plan.buffers}. */
export type BufferId = number;
/** Index into {@link Plan.constants}. */
export type ConstantId = number;

/** A map that steps write and read: `[N, height, width, channels]`, float32, at a place in the arena. */
export interface PlanBuffer {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** Where it begins, in floats from the start of the arena. */
  readonly offset: number;
  /** The step that writes it; -1 for the input. */
  readonly firstStep: number;
  /** The last step that reads it; the number of steps for what is handed out. */
  readonly lastStep: number;
}

/** Folded parameters in canonical layout. */
export interface PlanConstant {
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * Kernels are read and folded anew whenever this is asked for, so that a plan holds on to no weights: ask once, and keep
   * what you need. A structured clone of a plan asks, and holds them.
   */
  readonly values: Float32Array;
}

interface Window {
  readonly kernelSize: number;
  readonly stride: number;
  /** Rows above and columns left of the map that the first position sees. */
  readonly padTop: number;
  readonly padLeft: number;
}

/** `output = activation(conv(input * gate) + bias) + residual`; kernel `[k,k,in,out]`. */
export interface ConvStep extends Window {
  readonly kind: "conv";
  readonly name: string;
  readonly input: BufferId;
  readonly output: BufferId;
  readonly kernel: ConstantId;
  readonly bias: ConstantId;
  readonly activation: Activation | null;
  /** Per input channel, the value that stands outside the map; null for zero. */
  readonly border: ConstantId | null;
  /** `[N,1,1,in]`, multiplied into the input on its way in; only where the kernel is 1x1 with stride 1. */
  readonly gate: BufferId | null;
  readonly residual: BufferId | null;
}

/** `output = activation(depthwise(input) + bias)`; kernel `[k,k,channels]`. */
export interface DepthwiseStep extends Window {
  readonly kind: "depthwise";
  readonly name: string;
  readonly input: BufferId;
  readonly output: BufferId;
  readonly kernel: ConstantId;
  readonly bias: ConstantId;
  readonly activation: Activation | null;
  /** `[N,outHeight,1,channels]`: each output row summed over its columns; null where nobody asks. */
  readonly sums: BufferId | null;
}

/** `output = sigmoid(expand(activation(reduce(mean))))`, the mean being `scale` times the sum of the input's rows. */
export interface SqueezeStep {
  readonly kind: "squeeze";
  readonly name: string;
  /** `[N,rows,1,channels]`. */
  readonly input: BufferId;
  /** `[N,1,1,channels]`. */
  readonly output: BufferId;
  readonly scale: number;
  readonly activation: Activation;
  /** `[channels, squeezed]`. */
  readonly reduceKernel: ConstantId;
  readonly reduceBias: ConstantId;
  /** `[squeezed, channels]`. */
  readonly expandKernel: ConstantId;
  readonly expandBias: ConstantId;
}

/** The mean over height and width: `[N,H,W,C] -> [N,1,1,C]`. */
export interface PoolStep {
  readonly kind: "pool";
  readonly name: string;
  readonly input: BufferId;
  readonly output: BufferId;
}

/** `output = input * kernel + bias`; kernel `[in,out]`. */
export interface DenseStep {
  readonly kind: "dense";
  readonly name: string;
  readonly input: BufferId;
  readonly output: BufferId;
  readonly kernel: ConstantId;
  readonly bias: ConstantId;
}

export type PlanStep = ConvStep | DepthwiseStep | SqueezeStep | PoolStep | DenseStep;

/** Something a plan hands out. */
export interface PlanOutput {
  readonly name: string;
  readonly buffer: BufferId;
  /** `[N,H,W,C]`, or `[N,C]` for the embedding and the logits. */
  readonly shape: readonly number[];
}

/** A network as a short list of fused steps over one arena: everything an executor needs, and nothing about how it works. */
export interface Plan {
  readonly name: string;
  /** Examples that the arena has room for. */
  readonly batch: number;
  /** The buffer that the caller fills, `[N,H,W,3]`. */
  readonly input: BufferId;
  readonly outputs: readonly PlanOutput[];
  readonly buffers: readonly PlanBuffer[];
  readonly constants: readonly PlanConstant[];
  readonly steps: readonly PlanStep[];
  /** Floats in the arena. */
  readonly arenaSize: number;
}
