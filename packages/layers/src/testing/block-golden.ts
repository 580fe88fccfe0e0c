import type { Block } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import type { ConvNormParams, MBConvParams } from "../index.js";

export interface Summary {
  readonly shape: number[];
  readonly mean: number;
  readonly std: number;
  readonly at: number[];
  readonly values: number[];
}
export interface BlockGolden {
  readonly inChannels: number;
  readonly input: [number, number, number, number];
  readonly tensors: Record<string, number[]>;
  readonly train: {
    readonly output: Summary;
    readonly inputGradient: Summary;
    readonly parameterGradients: Record<string, Summary>;
    readonly runningStatistics: Record<string, number[]>;
  };
  readonly evalOutputAfterOneTrainingStepOfStatistics: Summary;
}

/** timm's names inside a block, in the order in which our parts come. */
const PARTS: Record<string, readonly (readonly [part: string, conv: string, norm: string])[]> = {
  mbconv: [
    ["expand", "conv_pw", "bn1"],
    ["depthwise", "conv_dw", "bn2"],
    ["project", "conv_pwl", "bn3"],
  ],
  mbconv_e1: [
    ["depthwise", "conv_dw", "bn1"],
    ["project", "conv_pw", "bn2"],
  ],
  fused: [
    ["expand", "conv_exp", "bn1"],
    ["project", "conv_pwl", "bn2"],
  ],
  fused_e1: [["expand", "conv", "bn1"]],
};

export function partsOf(name: string) {
  const family = name.startsWith("mbconv") ? "mbconv" : "fused";
  return PARTS[name.includes("_e1_") ? `${family}_e1` : family] ?? [];
}

/** OIHW to HWIO; a depthwise `[C,1,k,k]` goes to `[k,k,C,1]`. */
const axesOf = (name: string) => (name.startsWith("conv_dw") ? [2, 3, 0, 1] : [2, 3, 1, 0]);

/** Values in timm's order of axes; the input `x` stays NHWC. */
export function timmValues(name: string, tensor: tf.Tensor): tf.Tensor {
  return tensor.rank === 4 && name !== "x"
    ? tf.transpose(tensor, tf.backend_util.getUndoAxesPermutation(axesOf(name)))
    : tensor;
}

function readTensor(name: string, shape: readonly number[]): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  if (shape.length === 4) {
    const fanIn = size / (shape[0] ?? 1);
    const values = uniformArray(name, size, Math.sqrt(3 / fanIn));
    return tf.tidy(() => tf.transpose(tf.tensor(values, [...shape]), axesOf(name)));
  }
  if (name.endsWith("running_mean")) return tf.zeros([size]);
  if (name.endsWith("running_var")) return tf.ones([size]);
  if (/^bn\d\.weight$/.test(name)) return tf.tensor1d(uniformArray(name, size, 0.25, 1));
  return tf.tensor1d(uniformArray(name, size, 0.1));
}

/** The block's tensors under timm's names. */
export function readTensors({ tensors }: BlockGolden): Record<string, tf.Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, shape]) => [name, readTensor(name, shape)]));
}

/** The same tensors as our parameters. */
export function blockParams(name: string, tensors: Record<string, tf.Tensor>): MBConvParams {
  const vector = (tensor: string) => tensors[tensor] as tf.Tensor1D;
  const convNorm = (conv: string, norm: string): ConvNormParams => ({
    conv: { kernel: tensors[`${conv}.weight`] as tf.Tensor },
    norm: {
      gamma: vector(`${norm}.weight`),
      beta: vector(`${norm}.bias`),
      mean: vector(`${norm}.running_mean`),
      variance: vector(`${norm}.running_var`),
    },
  });
  const parts = Object.fromEntries(partsOf(name).map(([part, conv, norm]) => [part, convNorm(conv, norm)]));
  const pointwise = (conv: string) => ({
    kernel: tensors[`se.conv_${conv}.weight`] as tf.Tensor,
    bias: vector(`se.conv_${conv}.bias`),
  });
  const squeeze = "se.conv_reduce.weight" in tensors && {
    squeeze: { reduce: pointwise("reduce"), expand: pointwise("expand") },
  };
  return { ...parts, ...squeeze } as unknown as MBConvParams;
}

export function blockOf(name: string, { input, train, tensors }: BlockGolden): Block {
  const stride = input[1] === train.output.shape[1] ? 1 : 2;
  const parts = partsOf(name).map(([part]) => part);
  return {
    kind: name.startsWith("mbconv") ? "mbconv" : "fused-mbconv",
    name: "block",
    stage: 0,
    index: 0,
    kernelSize: 3,
    stride,
    inChannels: input[3],
    expandedChannels: tensors["bn1.weight"]?.[0] ?? 0,
    outChannels: train.output.shape[3] ?? 0,
    squeezeChannels: 0,
    expands: parts.includes("expand"),
    projects: parts.includes("project"),
    residual: name.includes("residual"),
    dropPathRate: 0,
    activation: "silu",
    padding: name.endsWith(".same") ? "same" : "symmetric",
    experts: 0,
  };
}
