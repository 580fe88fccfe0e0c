import type { Activation, ArchitectureSpec, BlockSpec, Padding } from "./types.js";

/** One block of the network, every width resolved. */
export interface Block {
  readonly kind: BlockSpec["block"];
  /** Prefix of its tensors: `stages.2.1` is the second block of the third stage. */
  readonly name: string;
  readonly stage: number;
  /** Position among all blocks, from 0. */
  readonly index: number;
  readonly kernelSize: number;
  readonly stride: 1 | 2;
  /** Width that really arrives. */
  readonly inChannels: number;
  /** Width after the expansion; equals `inChannels` where there is none. */
  readonly expandedChannels: number;
  readonly outChannels: number;
  /** Width between the two layers of squeeze-and-excitation; 0 for none. */
  readonly squeezeChannels: number;
  /** The block has an expansion of its own: a 1x1 convolution (MBConv) or its k x k convolution (Fused-MBConv). */
  readonly expands: boolean;
  /** The block ends in a 1x1 projection. */
  readonly projects: boolean;
  /** The input is added to the output. */
  readonly residual: boolean;
  /** Probability of dropping the branch in training; 0 where there is no residual. */
  readonly dropPathRate: number;
  readonly activation: Activation;
  readonly padding: Padding;
  /** CondConv kernels per convolution; 0 for an ordinary block. */
  readonly experts: number;
}

/**
 * The blocks of a network in order. In each stage the first block has the stage's stride and takes the width of the
 * stage before; the others keep the width. Stochastic depth ramps linearly: block i of N drops with
 * `dropPathRate * i / N`, so the first never does.
 *
 * Source: EfficientNet paper, table 1; EfficientNetV2 paper, table 4; stochastic depth as in the released code.
 */
export function expandBlocks(spec: ArchitectureSpec): readonly Block[] {
  const total = spec.stages.reduce((sum, stage) => sum + stage.repeats, 0);
  const blocks: Block[] = [];
  let inChannels = spec.stem.channels;
  for (const [stageIndex, stage] of spec.stages.entries()) {
    const { outChannels, expandRatio, seRatio } = stage;
    for (let repeat = 0; repeat < stage.repeats; repeat++) {
      const first = repeat === 0;
      const nominal = first ? stage.inChannels : outChannels;
      const stride = first ? stage.stride : 1;
      const residual = stage.skip && stride === 1 && inChannels === outChannels;
      blocks.push({
        kind: stage.block,
        name: `stages.${stageIndex}.${repeat}`,
        stage: stageIndex,
        index: blocks.length,
        kernelSize: stage.kernelSize,
        stride,
        inChannels,
        expandedChannels: expandRatio === 1 ? inChannels : Math.max(1, Math.round(nominal * expandRatio)),
        outChannels,
        squeezeChannels: seRatio === 0 ? 0 : Math.max(1, Math.floor(nominal * seRatio)),
        expands: stage.block === "fused-mbconv" || expandRatio !== 1,
        projects: stage.block === "mbconv" || stage.projection,
        residual,
        dropPathRate: residual ? (spec.dropPathRate * blocks.length) / total : 0,
        activation: stage.activation ?? spec.activation,
        padding: spec.padding,
        experts: stage.block === "mbconv" ? (stage.experts ?? 0) : 0,
      });
      inChannels = outChannels;
    }
  }
  return blocks;
}
