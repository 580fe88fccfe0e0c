import { EfficientNetError } from "@efficientnet/errors";
import { checkPicture, type ModelInput, preprocessBatch } from "@efficientnet/preprocess";
import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type {
  BatchOptions,
  ClassifyOptions,
  DecodePicture,
  EfficientNet,
  FeaturesOptions,
  RunOptions,
} from "./efficient-net.js";
import { inspectSpec } from "./inspect.js";
import type { NetworkRunner } from "./network-runner.js";
import { asList, perPicture } from "./per-picture.js";
import { type Prediction, topPredictions } from "./predictions.js";
import { countAtOnce, type Part, splitList } from "./split-list.js";

/** A network that runs, and what is known about it. */
export interface RunningNetwork {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly labels: readonly string[] | null;
  readonly newHead?: boolean | undefined;
  readonly runner: NetworkRunner;
}

/** Pictures in, answers out, whatever the network runs on. */
export function networkOfPictures<Source>(
  { spec, preprocess, labels, newHead, runner }: RunningNetwork,
  decode: DecodePicture<Source>,
): EfficientNet<Source> {
  let disposed = false;

  /** Decodes, checks and prepares a part of a list, and has it run. */
  async function onPart<T>(
    { items, start }: Part<Source>,
    options: RunOptions,
    run: (input: ModelInput) => Promise<T>,
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
    const answer = await run(preprocessBatch(decoded, preprocess, options));
    if (options.signal?.aborted) throw aborted(options.signal);
    return answer;
  }

  async function rows(
    run: (input: ModelInput) => Promise<Float32Array>,
    pictures: readonly Source[],
    options: BatchOptions,
  ): Promise<readonly Float32Array[]> {
    const answers: Float32Array[] = [];
    for (const part of splitList(pictures, countAtOnce(preprocess, options))) {
      const values = await onPart(part, options, run);
      answers.push(...splitRows(checkFinite(values), part.items.length));
    }
    return answers;
  }

  const logits = async (pictures: readonly Source[], options: BatchOptions) => {
    if (spec.head.classes === null) {
      throw new EfficientNetError("unsupported", `${spec.name} was loaded without a classifier, so it has no logits`, {
        hint: "use its embedding, or load weights that have a classifier",
      });
    }
    return rows(runner.logits, pictures, options);
  };

  const features = async (pictures: Source | readonly Source[], options: FeaturesOptions = {}) => {
    const part = { items: asList(pictures), start: 0 };
    const maps = await onPart(part, options, (input) => runner.features(input, options.levels));
    for (const { data } of maps) checkFinite(data);
    return maps;
  };

  const classify = async (pictures: readonly Source[], { topK = 5, ...options }: ClassifyOptions) => {
    if (!(Number.isInteger(topK) && topK > 0)) {
      throw new EfficientNetError("invalid-argument", `topK is ${topK}`, { expected: "a whole number above 0" });
    }
    const answers = await logits(pictures, options);
    return answers.map((values): readonly Prediction[] => topPredictions(values, labels, topK));
  };

  const dispose = () => {
    if (disposed) return;
    disposed = true;
    runner.dispose();
  };

  return {
    spec,
    preprocess,
    labels,
    backend: runner.backend,
    classify: perPicture(classify),
    logits: perPicture(logits),
    embed: perPicture((pictures, options) => rows(runner.embedding, pictures, options)),
    features,
    inspect: () => inspectSpec(spec, preprocess, newHead),
    warmUp: () => runner.warmUp(),
    dispose,
    [Symbol.dispose]: dispose,
  };
}

/** Half-precision devices overflow silently, and weights can; a NaN must not become "class 0". */
function checkFinite(values: Float32Array): Float32Array {
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
