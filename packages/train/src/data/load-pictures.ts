import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import type { Picture } from "@efficientnet/preprocess";
import { drawIndex, seededRandom } from "@efficientnet/random";
import type { SkippedPicture } from "./batch.js";
import type { Dataset } from "./dataset.js";

/** A decoded picture and its number, or undefined where there is none. */
export interface LoadedPicture {
  readonly index: number;
  readonly picture: Picture | undefined;
}

/** What to load, in this order. */
export interface LoadRequest {
  readonly dataset: Dataset;
  readonly indices: readonly number[];
  readonly seed: number;
  readonly epoch: number;
  /** Whether another picture, drawn at random, takes the place of one that cannot be used. */
  readonly replace: boolean;
  /** Told of each picture that cannot be used, every time it is met. */
  readonly onSkip: (skipped: SkippedPicture) => void;
}

/** Pictures drawn in the place of one before the dataset counts as unusable. */
const MOST_ATTEMPTS = 50;

/**
 * Decodes pictures in order, each while the one before is being looked at: two in memory, however large the batch.
 *
 * @throws `bad-image` where none of many pictures can be used, and what the dataset throws besides `bad-image`.
 */
export async function* loadPictures(request: LoadRequest): AsyncGenerator<LoadedPicture> {
  const { indices } = request;
  const start = (index: number | undefined) => {
    const loading = index === undefined ? undefined : loadOne(request, index);
    // It is awaited later; failing before that is no failure that nobody handles.
    loading?.catch(() => undefined);
    return loading;
  };
  let next = start(indices[0]);
  for (let i = 1; next !== undefined; i++) {
    const current: Promise<LoadedPicture> = next;
    next = start(indices[i]);
    yield await current;
  }
}

async function loadOne(request: LoadRequest, index: number): Promise<LoadedPicture> {
  const { dataset, replace, seed, epoch, onSkip } = request;
  const first = await tryOne(dataset, index);
  if ("picture" in first) return { index, picture: first.picture };
  onSkip(first);
  if (!replace) return { index, picture: undefined };
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const other = drawIndex(seededRandom(seed, "instead", epoch, index, attempt), dataset.labels.length);
    const found = await tryOne(dataset, other);
    if ("picture" in found) return { index: other, picture: found.picture };
    onSkip(found);
  }
  throw new EfficientNetError("bad-image", `${first.name} and ${MOST_ATTEMPTS} others cannot be used`, {
    expected: "pictures of which most can be decoded",
    received: first.reason,
  });
}

async function tryOne(dataset: Dataset, index: number): Promise<{ readonly picture: Picture } | SkippedPicture> {
  try {
    return { picture: await dataset.picture(index) };
  } catch (error) {
    if (!isEfficientNetError(error, "bad-image")) throw error;
    return { name: dataset.name(index), reason: error.message };
  }
}
