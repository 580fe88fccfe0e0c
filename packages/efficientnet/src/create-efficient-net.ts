import { EfficientNetError } from "@efficientnet/errors";
import { disposeParams, embedding, featurePyramid, logits } from "@efficientnet/model";
import { preprocessBatch } from "@efficientnet/preprocess";
import * as tf from "@tensorflow/tfjs-core";
import type { DecodePicture, EfficientNet, EfficientNetParts, FeaturesOptions, RunOptions } from "./efficient-net.js";
import { inspectSpec } from "./inspect.js";
import { type Prediction, topPredictions } from "./predictions.js";

/** Puts a network together from its parts; `load` ends here, and so can a network that you made yourself. */
export function createEfficientNet<Source>(
  parts: EfficientNetParts,
  decode: DecodePicture<Source>,
): EfficientNet<Source> {
  const { spec, params, preprocess, labels, backend, newHead } = parts;
  let disposed = false;

  /** Decodes, checks, moves to the device, runs and reads back; `run` gets the batch and disposes nothing. */
  async function onBatch<T>(
    pictures: readonly Source[],
    options: RunOptions,
    run: (x: tf.Tensor4D) => Promise<T>,
  ): Promise<T> {
    const stop = () => {
      if (disposed) throw new EfficientNetError("disposed", `${spec.name} was used after dispose()`);
      if (options.signal?.aborted) throw aborted(options.signal);
    };
    stop();
    const decoded = await Promise.all(pictures.map(decode));
    stop();
    const input = preprocessBatch(decoded, preprocess, options);
    backend.assertFits(input.data.byteLength, "the batch of pictures");
    const answer = await backend.guard(async () => {
      const x = tf.tensor4d(input.data, [...input.shape]);
      try {
        return await run(x);
      } finally {
        x.dispose();
      }
    });
    if (options.signal?.aborted) throw aborted(options.signal);
    return answer;
  }

  const rows = (forward: typeof logits, pictures: readonly Source[], options: RunOptions) =>
    onBatch(pictures, options, async (x) => {
      const result = forward(spec, params, x);
      try {
        return splitRows(await readBack(result), pictures.length);
      } finally {
        result.dispose();
      }
    });

  const features = (pictures: Source | readonly Source[], options: FeaturesOptions = {}) =>
    onBatch(asList(pictures), options, async (x) => {
      const maps = featurePyramid(spec, params, x, options.levels);
      try {
        return await Promise.all(
          maps.map(async ({ level, reduction, map }) => ({
            level,
            reduction,
            shape: map.shape,
            data: await readBack(map),
          })),
        );
      } finally {
        tf.dispose(maps.map(({ map }) => map));
      }
    });

  const classify = async (pictures: readonly Source[], { topK = 5, ...options }: { topK?: number } & RunOptions) => {
    if (!(Number.isInteger(topK) && topK > 0)) {
      throw new EfficientNetError("invalid-argument", `topK is ${topK}`, { expected: "a whole number above 0" });
    }
    const answers = await rows(logits, pictures, options);
    return answers.map((values): readonly Prediction[] => topPredictions(values, labels, topK));
  };

  const dispose = () => {
    if (disposed) return;
    disposed = true;
    disposeParams(params);
    backend.dispose();
  };

  return {
    spec,
    preprocess,
    labels,
    backend: { name: backend.name, description: backend.description },
    classify: perPicture(classify),
    logits: perPicture((pictures, options) => rows(logits, pictures, options)),
    embed: perPicture((pictures, options) => rows(embedding, pictures, options)),
    features,
    inspect: () => inspectSpec(spec, preprocess, newHead),
    async warmUp() {
      const { size } = preprocess;
      await backend.warmUp(() => tf.tidy(() => embedding(spec, params, tf.zeros([1, size, size, 3]))));
    },
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/** One picture in, one answer out; a list in, a list out. */
function perPicture<Source, Options, Answer>(
  answerAll: (pictures: readonly Source[], options: Options) => Promise<readonly Answer[]>,
) {
  function answer(picture: Source, options?: Options): Promise<Answer>;
  function answer(pictures: readonly Source[], options?: Options): Promise<readonly Answer[]>;
  async function answer(pictures: Source | readonly Source[], options?: Options): Promise<unknown> {
    const answers = await answerAll(asList(pictures), options ?? ({} as Options));
    return Array.isArray(pictures) ? answers : answers[0];
  }
  return answer;
}

function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}

/** Half-precision devices overflow silently, and weights can; a NaN must not become "class 0". */
async function readBack(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  if (values.every(Number.isFinite)) return values;
  throw new EfficientNetError("backend-failed", "the network answered with numbers that are not finite", {
    hint: "try another backend; on some devices webgl computes in 16 bits",
  });
}

function splitRows(values: Float32Array, count: number): readonly Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length));
}

function aborted(signal: AbortSignal): EfficientNetError {
  return new EfficientNetError("aborted", "the run was aborted", { cause: signal.reason });
}
