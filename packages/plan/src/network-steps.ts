import type { Activation, ArchitectureSpec, Block } from "@efficientnet/specs";
import { convolutionWindow } from "./convolution-window.js";
import { type FoldedConv, foldNorm, foldNormalisation, type Normalisation, type ReadTensor } from "./fold-norm.js";
import type { BufferId } from "./plan.js";
import type { PlanBuilder } from "./plan-builder.js";

interface ConvOptions {
  readonly kernelSize: number;
  readonly stride: number;
  readonly outChannels: number;
  readonly activation: Activation | null;
  readonly gate?: BufferId | null;
  readonly residual?: BufferId | null;
  readonly normalisation?: Normalisation | null;
}

/** The parts of a network as functions that append their steps and return the buffer they wrote. */
export function networkSteps(spec: ArchitectureSpec, read: ReadTensor, builder: PlanBuilder) {
  const { addBuffer, addConstant, addStep, shapeOf } = builder;
  const fold = (name: string) => foldNorm(read, name, spec.batchNorm.epsilon);

  function conv(name: string, input: BufferId, options: ConvOptions): BufferId {
    const { kernelSize, outChannels, activation, gate = null, residual = null, normalisation = null } = options;
    const { window, height, width } = convolutionWindow(shapeOf(input), { ...options, padding: spec.padding });
    const folded = normalisation === null ? fold(name) : foldNormalisation(fold(name), normalisation);
    const kernelShape = [kernelSize, kernelSize, shapeOf(input).channels, outChannels];
    const border = normalisation?.mean.map((mean) => 255 * mean);
    return addStep({
      kind: "conv",
      name,
      input,
      output: addBuffer(name, { height, width, channels: outChannels }),
      ...parameters(name, folded, kernelShape),
      ...window,
      activation,
      border: border ? addConstant(`${name}.border`, [border.length], Float32Array.from(border)) : null,
      gate,
      residual,
    });
  }

  function parameters(name: string, { kernel, bias }: FoldedConv, kernelShape: readonly number[]) {
    return {
      kernel: addConstant(`${name}.kernel`, kernelShape, kernel),
      bias: addConstant(`${name}.bias`, kernelShape.slice(-1), bias),
    };
  }

  function depthwise(block: Block, input: BufferId): { readonly output: BufferId; readonly sums: BufferId | null } {
    const { kernelSize, stride, expandedChannels: channels, padding, activation } = block;
    const name = `${block.name}.depthwise`;
    const { window, height, width } = convolutionWindow(shapeOf(input), { kernelSize, stride, padding });
    const output = addBuffer(name, { height, width, channels });
    const sums = block.squeezeChannels > 0 ? addBuffer(`${name}.sums`, { height, width: 1, channels }) : null;
    const constants = parameters(name, fold(name), [kernelSize, kernelSize, channels]);
    addStep({ kind: "depthwise", name, input, output, ...constants, ...window, activation, sums });
    return { output, sums };
  }

  /** The gate of a map whose rows are summed already, `scale` being one over its positions. */
  function squeeze(block: Block, input: BufferId, scale: number): BufferId {
    const name = `${block.name}.squeeze`;
    const { channels } = shapeOf(input);
    const { squeezeChannels: squeezed, activation } = block;
    const constant = (part: string, shape: readonly number[]) =>
      addConstant(`${name}.${part}`, shape, () => read(`${name}.${part}`));
    return addStep({
      kind: "squeeze",
      name,
      input,
      output: addBuffer(name, { height: 1, width: 1, channels }),
      scale,
      activation,
      reduceKernel: constant("reduce.kernel", [channels, squeezed]),
      reduceBias: constant("reduce.bias", [squeezed]),
      expandKernel: constant("expand.kernel", [squeezed, channels]),
      expandBias: constant("expand.bias", [channels]),
    });
  }

  function project(block: Block, input: BufferId, gate: BufferId | null, residual: BufferId | null): BufferId {
    const { outChannels } = block;
    const options = { kernelSize: 1, stride: 1, outChannels, activation: null, gate, residual };
    return conv(`${block.name}.project`, input, options);
  }

  function mbConv(block: Block, input: BufferId): BufferId {
    const { expandedChannels, activation } = block;
    const expand = { kernelSize: 1, stride: 1, outChannels: expandedChannels, activation };
    const wide = block.expands ? conv(`${block.name}.expand`, input, expand) : input;
    const { output, sums } = depthwise(block, wide);
    const { height, width } = shapeOf(output);
    const gate = sums === null ? null : squeeze(block, sums, 1 / (height * width));
    return project(block, output, gate, block.residual ? input : null);
  }

  function fusedMBConv(block: Block, input: BufferId): BufferId {
    const { kernelSize, stride, expandedChannels, outChannels, activation, projects } = block;
    const residual = block.residual ? input : null;
    const shape = { kernelSize, stride, outChannels: projects ? expandedChannels : outChannels, activation };
    const gated = block.squeezeChannels > 0;
    // Without squeeze and projection nothing stands between the convolution and the addition.
    if (!projects && !gated) return conv(`${block.name}.expand`, input, { ...shape, residual });
    const wide = conv(`${block.name}.expand`, input, shape);
    const gate = gated ? squeeze(block, pool(`${block.name}.squeeze.pool`, wide), 1) : null;
    return project(block, wide, gate, residual);
  }

  function pool(name: string, input: BufferId): BufferId {
    const { channels } = shapeOf(input);
    return addStep({ kind: "pool", name, input, output: addBuffer(name, { height: 1, width: 1, channels }) });
  }

  function classifier(input: BufferId, classes: number): BufferId {
    const name = "classifier";
    const folded = { kernel: () => read(`${name}.kernel`), bias: read(`${name}.bias`) };
    const constants = parameters(name, folded, [shapeOf(input).channels, classes]);
    const output = addBuffer(name, { height: 1, width: 1, channels: classes });
    return addStep({ kind: "dense", name, input, output, ...constants });
  }

  return {
    conv,
    pool,
    classifier,
    block: (block: Block, input: BufferId) =>
      block.kind === "mbconv" ? mbConv(block, input) : fusedMBConv(block, input),
  };
}
