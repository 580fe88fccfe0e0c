import { archConventions } from "../conventions/spec-for-arch.js";
import { GOOGLE_ROWS } from "./google-rows.generated.js";
import { LABELS } from "./labels.js";
import type { GoogleRow } from "./rows.js";
import { STATISTICS } from "./statistics.js";
import type { WeightsEntry } from "./weights-entry.js";

const STORAGE = "https://storage.googleapis.com/cloud-tpu-checkpoints";
/** The crop takes size / (size + 32) of the shorter side. */
const CROP_PADDING = 32;

/**
 * Google's checkpoints: tensorflow/tpu (EfficientNet by its training: `ckpts`, `ckptsaug`, `randaug`, `advprop`,
 * `noisystudent`; Lite, EdgeTPU, MnasNet) and google/automl (EfficientNetV2). No hashes are published.
 *
 * Source: preprocessing.py of both, with preprocess_legacy.py for the B0..B3 of EfficientNetV2.
 */
export const googleEntries = (): readonly WeightsEntry[] => GOOGLE_ROWS.map(googleEntry);

function googleEntry(row: GoogleRow): WeightsEntry {
  const [library, name, arch, labels, size, mode, filter, statistics, top1, file] = row;
  return {
    ...archConventions(library, arch),
    ...LABELS[labels],
    id: `${library}/${name}`,
    library,
    arch,
    files: [{ url: `${STORAGE}/${file}`, format: "tensorflow", archive: "tar.gz" }],
    licence: "Apache-2.0",
    preprocess: {
      size,
      fit: mode === "squash" ? { mode, resizeTo: size } : { mode, cropPadding: CROP_PADDING },
      filter,
      method: "tensorflow",
      ...STATISTICS[statistics],
    },
    accuracy: top1 === null ? null : { top1, top5: null },
  };
}
