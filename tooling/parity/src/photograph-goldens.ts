import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { nearestMean } from "efficientnet";
import { type Finding, type GoldenKind, isRecord } from "./golden.js";
import type { Runner } from "./runner.js";

const EMBEDDER = "keras/EfficientNetV2B0";

/** Pooled features of one photograph as Keras computes them. */
interface Embedding {
  readonly first: readonly number[];
  readonly l2: number;
  readonly argmax: number;
}

/** Real photographs through real weights: a folder with `real.json`, the weights and `photos/`. */
export const photographGoldens: GoldenKind = (file, content) => {
  if (!isRecord(content)) return [];
  const folder = dirname(file);
  const { v2b0, flowers } = content;
  return [
    ...(isRecord(v2b0)
      ? [{ kind: "photographs" as const, name: EMBEDDER, check: checkEmbeddings(folder, v2b0 as never) }]
      : []),
    ...(isRecord(flowers)
      ? [{ kind: "photographs" as const, name: "flowers", check: checkFlowers(folder, flowers as never) }]
      : []),
  ];
};

/**
 * Each embedding is held against Keras's, relative to its root mean square; then one training picture per class must
 * classify the test pictures, which are named `..._<class>_train_0` and `..._<class>_test_0`.
 */
function checkEmbeddings(folder: string, expected: Readonly<Record<string, Embedding>>) {
  return async ({ backend, answerPictures }: Runner): Promise<readonly Finding[]> => {
    // A browser decodes JPEG in its own way, a level here and there; in Node the pixels are those of Pillow.
    const tolerance = backend === "webgl" || backend === "webgpu" ? 1e-2 : 1e-4;
    const names = Object.keys(expected);
    const weights = findFile(folder, /v2-b0.*\.safetensors$/);
    const pictures = names.map((name) => join(folder, "photos", name));
    const { rows } = await answerPictures({ model: EMBEDDER, weights, pictures, answer: "embedding" });
    const answers = new Map(names.map((name, i) => [name, Float32Array.from(rows[i] ?? [])]));
    return [
      ...names.map((name) => ({ name, worst: compareEmbedding(expected[name]!, answers.get(name)!), tolerance })),
      ...fewShot(answers),
    ];
  };
}

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
  const set = { model: EMBEDDER, examples: split("train") };
  return split("test").map(({ name, label, embedding }) => {
    const where = nearestMean(set, embedding)[0]?.label ?? "";
    return { name: `few-shot ${name}`, where, worst: where === label ? 0 : 1, tolerance: 0 };
  });
}

/** Probabilities of an int8 network run in floats, against those of the TensorFlow Lite interpreter. */
function checkFlowers(folder: string, expected: Readonly<Record<string, Readonly<Record<string, number>>>>) {
  return async ({ answerPictures }: Runner): Promise<readonly Finding[]> => {
    const names = Object.keys(expected);
    const pictures = names.map((name) => join(folder, "photos", name));
    const weights = findFile(folder, /flowers.*\.tflite$/);
    const { labels, rows } = await answerPictures({ weights, pictures, answer: "probabilities" });
    return names.map((name, i) => {
      const differences = Object.entries(expected[name] ?? {}).map(([label, probability]) =>
        Math.abs(probability - (rows[i]?.[labels?.indexOf(label) ?? -1] ?? Number.NaN)),
      );
      return { name: `flowers ${name}`, worst: Math.max(...differences), where: "share", tolerance: 0.03 };
    });
  };
}

function findFile(folder: string, pattern: RegExp): string {
  const found = readdirSync(folder).find((entry) => pattern.test(entry));
  if (found === undefined) throw new Error(`${folder} holds no file like ${pattern}`);
  return join(folder, found);
}
