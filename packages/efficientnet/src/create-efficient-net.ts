import { EfficientNetError } from "@efficientnet/errors";
import { disposeParams, embedding, featurePyramid, logits } from "@efficientnet/model";
import { checkPicture, preprocessBatch } from "@efficientnet/preprocess";
import * as tf from "@tensorflow/tfjs-core";
import type {
  BatchOptions,
  ClassifyOptions,
  DecodePicture,
  EfficientNet,
  EfficientNetParts,
  FeaturesOptions,
  RunOptions,
} from "./efficient-net.js";
import { inspectSpec } from "./inspect.js";
import { asList, perPicture } from "./per-picture.js";
import { type Prediction, topPredictions } from "./predictions.js";
import { countAtOnce, type Part, splitList } from "./split-list.js";

/** Puts a network together from its parts; `load` ends here, and so can a network that you made yourself. */
export function createEfficientNet<Source>(
  parts: EfficientNetParts,
  decode: DecodePicture<Source>,
): EfficientNet<Source> {
  const { spec, params, preprocess, labels, backend, newHead } = parts;
  let disposed = false;

  /** Decodes, checks, moves to the device, runs and reads back; `run` gets the batch and disposes nothing. */
  async function onBatch<T>(
    { items, start }: Part<Source>,
    options: RunOptions,
    run: (x: tf.Tensor4D) => Promise<T>,
  ): Promise<T> {
    const stop = () => {
      if (disposed) throw new EfficientNetError("disposed", `${spec.name} was used after dispose()`);
      if (options.signal?.aborted) throw aborted(options.signal);
    };
    stop();
    const decoded = await Promise.all(items.map((item) => decode(item, { maxPixels: options.maxPixels })));
    stop();
    decoded.forEach((picture, i) => {
      checkPicture(picture, options, `picture ${start + i}`);
    });
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

  async function rows(forward: typeof logits, pictures: readonly Source[], options: BatchOptions) {
    const answers: Float32Array[] = [];
    for (const part of splitList(pictures, countAtOnce(preprocess, options))) {
      const own = await onBatch(part, options, async (x) => {
        const result = forward(spec, params, x);
        try {
          return splitRows(await readBack(result), part.items.length);
        } finally {
          result.dispose();
        }
      });
      answers.push(...own);
    }
    return answers;
  }

  const features = (pictures: Source | readonly Source[], options: FeaturesOptions = {}) =>
    onBatch({ items: asList(pictures), start: 0 }, options, async (x) => {
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

  const classify = async (pictures: readonly Source[], { topK = 5, ...options }: ClassifyOptions) => {
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

/** Half-precision devices overflow silently, and weights can; a NaN must not become "class 0". */
async function readBack(tensor: tf.Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  if (values.every(Number.isFinite)) return values;
  throw new EfficientNetError("backend-failed", "the network answered with numbers that are not finite", {
    hint: "damaged weights have this effect, and devices on which webgl computes in 16 bits: check the file's hash, or try another backend",
  });
}

function splitRows(values: Float32Array, count: number): readonly Float32Array[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => values.slice(row * length, (row + 1) * length));
}

function aborted(signal: AbortSignal): EfficientNetError {
  return new EfficientNetError("aborted", "the run was aborted", { cause: signal.reason });
}
