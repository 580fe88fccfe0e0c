import { archConventions } from "../conventions/spec-for-arch.js";
import { KERAS_ROWS } from "./keras-rows.generated.js";
import type { KerasRow } from "./rows.js";
import { STATISTICS } from "./statistics.js";
import type { WeightsEntry } from "./weights-entry.js";

const STORAGE = "https://storage.googleapis.com";

/**
 * keras.applications' weights. Their preprocessing is part of the model there, and resizing is left to the caller; here
 * the whole picture is squashed to the square. Accuracies are those of the original release.
 */
export const kerasEntries = (): readonly WeightsEntry[] => KERAS_ROWS.map(kerasEntry);

function kerasEntry(row: KerasRow): WeightsEntry {
  const [arch, size, statistics, top1, file, md5, md5WithoutClassifier] = row;
  return {
    ...archConventions("keras", arch),
    id: `keras/${arch}`,
    library: "keras",
    arch,
    classes: 1000,
    labelSet: "imagenet-1k",
    files: [
      { url: `${STORAGE}/${file}.h5`, format: "hdf5", md5 },
      { url: `${STORAGE}/${file}_notop.h5`, format: "hdf5", md5: md5WithoutClassifier, withoutClassifier: true },
    ],
    licence: "Apache-2.0",
    preprocess: {
      size,
      fit: { mode: "squash", resizeTo: size },
      filter: "bicubic",
      method: "pillow",
      ...STATISTICS[statistics],
    },
    accuracy: top1 === null ? null : { top1, top5: null },
  };
}
