import { EfficientNetError } from "@efficientnet/errors";
import type {
  ConvNormParams,
  ConvParams,
  DenseParams,
  FusedMBConvParams,
  MBConvParams,
  SqueezeParams,
} from "@efficientnet/layers";
import type { Block } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";

/**
 * The tensors of a network by canonical name (`stages.2.1.expand.conv.kernel`). Flat, because that is how they are
 * read, saved, averaged and optimised; the layers see typed views of it.
 */
export type NetworkParams = ReadonlyMap<string, tf.Tensor>;

/** Frees every tensor of a network. */
export function disposeParams(params: NetworkParams): void {
  tf.dispose([...params.values()]);
}

/** A convolution with its norm, or with its bias where the norm has been folded away. */
export function convNormParams(params: NetworkParams, prefix: string): ConvNormParams {
  if (!params.has(`${prefix}.norm.gamma`)) return { conv: convParams(params, `${prefix}.conv`) };
  return {
    conv: convParams(params, `${prefix}.conv`),
    norm: {
      gamma: vector(params, `${prefix}.norm.gamma`),
      beta: vector(params, `${prefix}.norm.beta`),
      mean: vector(params, `${prefix}.norm.mean`),
      variance: vector(params, `${prefix}.norm.variance`),
    },
  };
}

/** The tensors of an MBConv block; throws `weights-mismatch` for one that is missing. */
export function mbConvParams(params: NetworkParams, block: Block): MBConvParams {
  return {
    routing: block.experts > 0 ? denseParams(params, `${block.name}.routing`) : undefined,
    expand: block.expands ? convNormParams(params, `${block.name}.expand`) : undefined,
    depthwise: convNormParams(params, `${block.name}.depthwise`),
    squeeze: squeezeParams(params, block),
    project: convNormParams(params, `${block.name}.project`),
  };
}

/** The tensors of a Fused-MBConv block; throws `weights-mismatch` for one that is missing. */
export function fusedMBConvParams(params: NetworkParams, block: Block): FusedMBConvParams {
  return {
    expand: convNormParams(params, `${block.name}.expand`),
    squeeze: squeezeParams(params, block),
    project: block.projects ? convNormParams(params, `${block.name}.project`) : undefined,
  };
}

/** The tensors of a fully connected layer; throws `weights-mismatch` for one that is missing. */
export function denseParams(params: NetworkParams, prefix: string): DenseParams {
  return { kernel: tensor(params, `${prefix}.kernel`) as tf.Tensor2D, bias: vector(params, `${prefix}.bias`) };
}

function squeezeParams(params: NetworkParams, { name, squeezeChannels }: Block): SqueezeParams | undefined {
  if (squeezeChannels === 0) return undefined;
  return {
    reduce: convParams(params, `${name}.squeeze.reduce`),
    expand: convParams(params, `${name}.squeeze.expand`),
  };
}

function convParams(params: NetworkParams, prefix: string): ConvParams {
  const bias = params.has(`${prefix}.bias`) ? vector(params, `${prefix}.bias`) : undefined;
  return { kernel: tensor(params, `${prefix}.kernel`), bias };
}

function vector(params: NetworkParams, name: string): tf.Tensor1D {
  return tensor(params, name) as tf.Tensor1D;
}

function tensor(params: NetworkParams, name: string): tf.Tensor {
  const found = params.get(name);
  if (found === undefined) {
    throw new EfficientNetError("weights-mismatch", `the parameter ${name} is missing`, {
      hint: "load the parameters with the spec that the network runs with",
    });
  }
  return found;
}
