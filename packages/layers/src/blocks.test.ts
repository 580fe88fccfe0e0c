import { readFileSync } from "node:fs";
import type { Block } from "@efficientnet/specs";
import { expectClose, expectNoLeaks, uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-backend-wasm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BatchStatistics,
  type ConvNormParams,
  fusedMBConv,
  type MBConvParams,
  type Mode,
  mbConv,
  updateStatistics,
} from "./index.js";

interface Summary {
  readonly shape: number[];
  readonly mean: number;
  readonly std: number;
  readonly at: number[];
  readonly values: number[];
}
interface BlockGolden {
  readonly inChannels: number;
  readonly input: [number, number, number, number];
  readonly tensors: Record<string, number[]>;
  readonly train: { readonly output: Summary; readonly runningStatistics: Record<string, number[]> };
  readonly evalOutputAfterOneTrainingStepOfStatistics: Summary;
}

// What PyTorch computes for one block in training mode and in the evaluation that follows, in float64.
const golden = JSON.parse(readFileSync(new URL("../fixtures/train-blocks.json", import.meta.url), "utf8")) as {
  batchNorm: { epsilon: number; momentumTorch: number };
  blocks: Record<string, BlockGolden>;
};

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

function partsOf(name: string) {
  const family = name.startsWith("mbconv") ? "mbconv" : "fused";
  return PARTS[name.includes("_e1_") ? `${family}_e1` : family] ?? [];
}

function readTensor(name: string, shape: readonly number[]): tf.Tensor {
  const size = tf.util.sizeFromShape([...shape]);
  if (shape.length === 4) {
    const fanIn = size / (shape[0] ?? 1);
    const values = uniformArray(name, size, Math.sqrt(3 / fanIn));
    // OIHW to HWIO; a depthwise [C,1,k,k] goes to [k,k,C,1].
    const order = name.startsWith("conv_dw") ? [2, 3, 0, 1] : [2, 3, 1, 0];
    return tf.tidy(() => tf.transpose(tf.tensor(values, [...shape]), order));
  }
  if (name.endsWith("running_mean")) return tf.zeros([size]);
  if (name.endsWith("running_var")) return tf.ones([size]);
  if (/^bn\d\.weight$/.test(name)) return tf.tensor1d(uniformArray(name, size, 0.25, 1));
  return tf.tensor1d(uniformArray(name, size, 0.1));
}

function blockParams(name: string, { tensors }: BlockGolden): MBConvParams {
  const read = (tensor: string) => readTensor(tensor, tensors[tensor] ?? []);
  const vector = (tensor: string) => read(tensor) as tf.Tensor1D;
  const convNorm = (conv: string, norm: string): ConvNormParams => ({
    conv: { kernel: read(`${conv}.weight`) },
    norm: {
      gamma: vector(`${norm}.weight`),
      beta: vector(`${norm}.bias`),
      mean: vector(`${norm}.running_mean`),
      variance: vector(`${norm}.running_var`),
    },
  });
  const parts = Object.fromEntries(partsOf(name).map(([part, conv, norm]) => [part, convNorm(conv, norm)]));
  const squeeze = "se.conv_reduce.weight" in tensors && {
    squeeze: {
      reduce: { kernel: read("se.conv_reduce.weight"), bias: vector("se.conv_reduce.bias") },
      expand: { kernel: read("se.conv_expand.weight"), bias: vector("se.conv_expand.bias") },
    },
  };
  return { ...parts, ...squeeze } as unknown as MBConvParams;
}

function blockOf(name: string, { input, train, tensors }: BlockGolden): Block {
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

function expectSummary(y: tf.Tensor, { shape, at, values, mean, std }: Summary): void {
  expect(y.shape).toEqual(shape);
  const data = y.dataSync();
  const tolerance = 1e-5 * std;
  expectClose(
    at.map((i) => data[i] ?? Number.NaN),
    values,
    tolerance,
  );
  expectClose([tf.tidy(() => tf.mean(y).dataSync()[0] ?? Number.NaN)], [mean], tolerance);
}

describe.each(["cpu", "wasm"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend);
  });
  afterAll(() => expect(tf.memory().numTensors).toBe(0));

  it.each(Object.entries(golden.blocks))("%s equals PyTorch in training and in evaluation", async (name, expected) => {
    const block = blockOf(name, expected);
    const forward = block.kind === "mbconv" ? mbConv : fusedMBConv;
    const epsilon = golden.batchNorm.epsilon;
    await expectNoLeaks(() => {
      const x = tf.tensor4d(uniformArray(`${name}/x`, tf.util.sizeFromShape(expected.input)), expected.input);
      const params = blockParams(name, expected);
      const collected = new Map<string, BatchStatistics>();
      const training: Mode = {
        training: true,
        seed: 1,
        statistics: "batch",
        onStatistics: (norm, statistics) => collected.set(norm, statistics),
      };
      const trained = tf.tidy(() => forward(params as never, x, block, { mode: training, epsilon }));
      expectSummary(trained, expected.train.output);

      const stepped: Record<string, ConvNormParams> = { ...(params as unknown as Record<string, ConvNormParams>) };
      for (const [part, , norm] of partsOf(name)) {
        const batch = collected.get(`block.${part}.norm`);
        const stored = stepped[part]?.norm;
        if (!batch || !stored) throw new Error(`no statistics for ${part}`);
        const next = updateStatistics(stored, batch, 1 - golden.batchNorm.momentumTorch);
        const running = expected.train.runningStatistics;
        const mean = running[`${norm}.running_mean`] ?? [];
        const variance = running[`${norm}.running_var`] ?? [];
        expectClose([...next.mean.dataSync()].slice(0, mean.length), mean, 1e-5);
        expectClose([...next.variance.dataSync()].slice(0, variance.length), variance, 1e-5);
        tf.dispose([stored.mean, stored.variance, batch.mean, batch.variance]);
        stepped[part] = { ...stepped[part], norm: { ...stored, ...next } } as ConvNormParams;
      }
      const mode: Mode = { training: false };
      const evaluated = tf.tidy(() => forward(stepped as never, x, block, { mode, epsilon }));
      expectSummary(evaluated, expected.evalOutputAfterOneTrainingStepOfStatistics);
      tf.dispose([x, trained, evaluated, stepped as never]);
    });
  });
});
