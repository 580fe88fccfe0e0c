import { loadParams, logits } from "@efficientnet/model";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import { computeGradients, createTrainer, disposeGradients, smoothLabels, splitNetwork } from "@efficientnet/train";
import {
  canonicalWeights,
  foreignWeights,
  readSafetensors,
  specForArch,
  specFromCheckpoint,
} from "@efficientnet/weights";
import * as tf from "@tensorflow/tfjs-core";
import { compareTensors, type NamedValues } from "./compare-tensors.js";
import { goldenCheckpoint, goldenInput } from "./net-golden.js";
import type { StepsGolden, TensorReport } from "./train-golden.js";

/** Trains a whole network for some steps on the current backend and says how far it strays from the reference. */
export async function checkSteps(golden: StepsGolden): Promise<readonly TensorReport[]> {
  const { input, lossPerStep, optimizer } = golden;
  const [library, arch] = golden.arch.split(/[ ,]+/);
  const checkpoint = goldenCheckpoint({
    ...golden,
    family: "timm",
    arch: arch!,
    salt: "",
    features: {},
    logits: {} as never,
  });
  const named = specFromCheckpoint(specForArch(library as "timm", arch!), checkpoint);
  const spec: ArchitectureSpec = { ...named, dropoutRate: 0, dropPathRate: 0 };
  const weights = canonicalWeights(spec, checkpoint);
  const smoothing = Number(/smoothing ([\d.]+)/.exec(golden.loss)?.[1] ?? 0);
  const classes = spec.head.classes!;
  const batch = {
    images: goldenInput(input),
    shape: [input[0], input[1], input[2], 3] as const,
    labels: Float32Array.from({ length: input[0] * classes }, (_, i) =>
      golden.labels[Math.floor(i / classes)] === i % classes ? 1 : 0,
    ),
    indices: golden.labels.map((_, i) => i),
  };
  const { learningRate, decay, momentum, epsilon, l2 } = optimizer;
  const trainer = await createTrainer({
    spec,
    labels: Array.from({ length: classes }, (_, i) => `class ${i}`),
    read: ({ name }) => weights.read(name),
    settings: {
      schedule: [
        {
          index: 0,
          unit: "steps",
          start: 0,
          end: lossPerStep.length,
          imageSize: input[1],
          batchSize: input[0],
          learningRate,
          regularisers: {},
        },
      ],
      optimiser: { kind: "rmsprop", decay, momentum, epsilon },
      learningRate: { kind: "constant", warmUp: 0 },
      weightDecay: { form: "l2", rate: Number.parseFloat(l2) },
      labelSmoothing: smoothing,
      average: { decay: golden.ema.decay, warmUp: false },
    },
  });
  const first = await firstGradients(spec, (name) => weights.read(name), batch, smoothing);
  const losses: number[] = [];
  for (const _ of lossPerStep) losses.push((await trainer.step(batch, { learningRate })).loss);
  const { tensors } = readSafetensors(await trainer.checkpoint());
  trainer.dispose();
  const group = (prefix: string) => foreignNames(spec, (name) => tensors.get(`${prefix}/${name}`)?.read());
  const worstLoss = Math.max(...lossPerStep.map((loss, i) => Math.abs(losses[i]! - loss) / loss));
  return [
    { name: "losses", worst: worstLoss, where: `${lossPerStep.length} steps` },
    compareTensors("first gradients", first, golden.gradientsOfStep0),
    compareTensors("parameters", group("net"), golden.parametersAfter),
    compareTensors("averages", group("average"), golden.emaAfter),
    await compareAnswers(spec, (name) => tensors.get(`net/${name}`)!.read(), batch, golden.evalLogitsAfter),
  ];
}

interface GoldenBatch {
  readonly images: Float32Array;
  readonly labels: Float32Array;
  readonly shape: readonly [number, number, number, 3];
}

async function firstGradients(
  spec: ArchitectureSpec,
  read: (name: string) => Float32Array,
  batch: GoldenBatch,
  smoothing: number,
): Promise<ReadonlyMap<string, NamedValues>> {
  const params = await loadParams(tensorShapes(spec), ({ name }) => read(name));
  const input = tf.tensor4d(batch.images, [...batch.shape]);
  const hard = tf.tensor2d(batch.labels, [batch.shape[0], batch.labels.length / batch.shape[0]]);
  const labels = smoothLabels(hard, smoothing);
  const split = splitNetwork(spec, null);
  const pass = computeGradients({ spec, split, params, input, labels, seed: 1, statistics: "batch" });
  const values = new Map<string, Float32Array>();
  for (const [name, gradient] of pass.gradients) values.set(name, (await gradient.data()) as Float32Array);
  disposeGradients(pass);
  tf.dispose([input, hard, labels, ...params.values()]);
  return foreignNames(spec, (name) => values.get(name));
}

async function compareAnswers(
  spec: ArchitectureSpec,
  read: (name: string) => Float32Array,
  { images, shape }: GoldenBatch,
  expected: StepsGolden["evalLogitsAfter"],
): Promise<TensorReport> {
  const params = await loadParams(tensorShapes(spec), ({ name }) => read(name));
  const answers = tf.tidy(() => logits(spec, params, tf.tensor4d(images, [...shape])));
  const values = await answers.data();
  tf.dispose([answers, ...params.values()]);
  const wanted = expected.flat();
  const scale = Math.max(...wanted.map(Math.abs));
  const worst = Math.max(...wanted.map((value, i) => Math.abs(value - values[i]!))) / scale;
  return { name: "logits after", worst, where: "" };
}

function foreignNames(
  spec: ArchitectureSpec,
  read: (name: string) => Float32Array | undefined,
): ReadonlyMap<string, NamedValues> {
  const sizes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((n, side) => n * side, 1)]));
  return new Map(foreignWeights("timm", spec, (name) => read(name) ?? new Float32Array(sizes.get(name)!)));
}
