import { prepareTraining } from "@efficientnet/kernels";
import { type BatchStatistics, type Mode, updateStatistics } from "@efficientnet/layers";
import { applyPart, loadParams, networkParts } from "@efficientnet/model";
import { isTrainable, tensorShapes } from "@efficientnet/specs";
import { uniformArray } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import { blockNetwork } from "./block-network.js";
import { compareFirst, compareTensor, compareTensors } from "./compare-tensors.js";
import type { BlockGolden, BlocksGolden, TensorReport } from "./train-golden.js";

/** Trains one block for one step on the current backend and says how far each answer is from the reference. */
export async function checkBlock(
  name: string,
  golden: BlockGolden,
  norm: BlocksGolden["batchNorm"],
): Promise<readonly TensorReport[]> {
  await prepareTraining();
  const { spec, weights, foreign } = blockNetwork(name, golden, norm);
  const shapes = tensorShapes(spec).filter((tensor) => tensor.name.startsWith("stages.0.0."));
  const params = await loadParams(shapes, ({ name: key }) => weights.read(key));
  const part = networkParts(spec)[1]!;
  const trained = shapes.filter(isTrainable).map((tensor) => tensor.name);
  const statistics = new Map<string, BatchStatistics>();
  const context = (mode: Mode) => ({ mode, epsilon: spec.batchNorm.epsilon });
  const training: Mode = {
    training: true,
    seed: 1,
    statistics: "batch",
    onStatistics: (key, batch) => statistics.set(key, batch),
  };
  const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);
  const { output } = golden.train;
  const x = tf.tensor4d(uniformArray(`${name}/x`, size(golden.input)), [...golden.input]);
  const dy = tf.tensor(uniformArray(`${name}/dy`, size(output.shape)), [...output.shape]);
  const differentiate = tf.valueAndGrads((...all: tf.Tensor[]) => {
    const [input, ...values] = all;
    const current = new Map([...params, ...trained.map((key, i) => [key, values[i]!] as const)]);
    return applyPart(part, current, input as tf.Tensor4D, context(training));
  });
  const { value, grads } = differentiate([x, ...trained.map((key) => params.get(key)!)], dy as tf.Tensor4D);
  const [inputGradient, ...gradients] = grads;
  const moved = new Map(
    [...statistics].flatMap(([key, batch]) => {
      const stored = {
        mean: params.get(`${key}.mean`) as tf.Tensor1D,
        variance: params.get(`${key}.variance`) as tf.Tensor1D,
      };
      const { mean, variance } = updateStatistics(stored, batch, spec.batchNorm.momentum);
      return [[`${key}.mean`, mean] as const, [`${key}.variance`, variance] as const];
    }),
  );
  const evaluated = tf.tidy(() => applyPart(part, new Map([...params, ...moved]), x, context({ training: false })));

  const read = async (tensor: tf.Tensor) => ({ shape: tensor.shape, values: (await tensor.data()) as Float32Array });
  const readAll = async (tensors: ReadonlyMap<string, tf.Tensor>) => {
    const values = new Map<string, Float32Array>();
    for (const [key, tensor] of tensors) values.set(key, (await read(tensor)).values);
    return foreign((key) => values.get(key));
  };
  const reports = [
    compareTensor("output", await read(value), output),
    compareTensor("input gradient", await read(inputGradient!), golden.train.inputGradient),
    compareTensors(
      "parameter gradients",
      await readAll(new Map(trained.map((key, i) => [key, gradients[i]!]))),
      golden.train.parameterGradients,
    ),
    compareFirst("running statistics", await readAll(moved), golden.train.runningStatistics),
    compareTensor("evaluation after", await read(evaluated), golden.evalOutputAfterOneTrainingStepOfStatistics),
  ];
  for (const { mean, variance } of statistics.values()) tf.dispose([mean, variance]);
  tf.dispose([x, dy, value, evaluated, ...grads, ...params.values(), ...moved.values()]);
  return reports;
}
