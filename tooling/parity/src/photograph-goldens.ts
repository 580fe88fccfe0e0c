import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearestMean } from "efficientnet";
import { type Finding, type GoldenKind, isRecord } from "./golden.js";

const MODEL = "keras/EfficientNetV2B0";

/** Pooled features of one photograph as Keras computes them. */
interface Embedding {
  readonly first: readonly number[];
  readonly l2: number;
  readonly argmax: number;
}

/**
 * Real photographs through real weights: a folder with `real.json`, the weights and `photos/`. Each embedding is held
 * against Keras's, relative to its root mean square; then one training picture per class must classify the test
 * pictures, which are named `..._<class>_train_0` and `..._<class>_test_0`.
 */
export const photographGoldens: GoldenKind = (file, content) => {
  if (!isRecord(content) || !isRecord(content.v2b0)) return [];
  const expected = content.v2b0 as Record<string, Embedding>;
  const names = Object.keys(expected);
  return [
    {
      kind: "photographs",
      name: MODEL,
      async check({ backend, embed }) {
        // A browser decodes JPEG in its own way, a level here and there; in Node the pixels are those of Pillow.
        const tolerance = backend === "webgl" || backend === "webgpu" ? 1e-2 : 1e-4;
        const folder = dirname(file);
        const weights = readdirSync(folder).find((entry) => /v2-b0.*\.safetensors$/.test(entry));
        if (weights === undefined) throw new Error(`${folder} holds no V2-B0 weights`);
        const pictures = names.map((name) => join(folder, "photos", name));
        const embeddings = await embed({ model: MODEL, weights: join(folder, weights), pictures });
        const answers = new Map(names.map((name, i) => [name, embeddings[i] ?? new Float32Array()]));
        return [
          ...names.map((name) => ({ name, worst: compareEmbedding(expected[name]!, answers.get(name)!), tolerance })),
          ...fewShot(answers),
        ];
      },
    },
  ];
};

function compareEmbedding({ first, l2, argmax }: Embedding, actual: Float32Array): number {
  const rootMeanSquare = l2 / Math.sqrt(actual.length);
  const length = Math.sqrt(actual.reduce((sum, value) => sum + value * value, 0));
  return Math.max(
    ...first.map((value, i) => Math.abs(value - (actual[i] ?? Number.NaN)) / rootMeanSquare),
    Math.abs(length - l2) / l2,
    actual.indexOf(Math.max(...actual)) === argmax ? 0 : Number.POSITIVE_INFINITY,
  );
}

/** 0 when the nearest mean names the right class, 1 when not. */
function fewShot(answers: ReadonlyMap<string, Float32Array>): readonly Finding[] {
  const split = (part: string) =>
    [...answers].flatMap(([name, embedding]) => {
      const label = new RegExp(`_([a-z]+)_${part}_\\d+\\.`).exec(name)?.[1];
      return label === undefined ? [] : [{ name, label, embedding }];
    });
  const set = { model: MODEL, examples: split("train") };
  return split("test").map(({ name, label, embedding }) => ({
    name: `few-shot ${name}`,
    where: nearestMean(set, embedding)[0]?.label ?? "",
    worst: nearestMean(set, embedding)[0]?.label === label ? 0 : 1,
    tolerance: 0,
  }));
}
