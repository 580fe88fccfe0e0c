import { getSpec } from "@efficientnet/specs";
import { archConventions, archNames } from "../conventions/spec-for-arch.js";
import { LABELS } from "./labels.js";
import { LUKEMELAS_ROWS } from "./lukemelas-rows.generated.js";
import type { LukemelasRow } from "./rows.js";
import { STATISTICS } from "./statistics.js";
import { hashNamedFile } from "./timm-entries.js";
import type { WeightsEntry } from "./weights-entry.js";

const RELEASES = "https://github.com/lukemelas/EfficientNet-PyTorch/releases/download/1.0";
const HUB = "https://huggingface.co";

/** Weights of efficientnet_pytorch, evaluated as in its examples/imagenet/main.py. It publishes no accuracies. */
export const lukemelasEntries = (): readonly WeightsEntry[] => LUKEMELAS_ROWS.map(lukemelasEntry);

function lukemelasEntry([training, arch, size, statistics, file]: LukemelasRow): WeightsEntry {
  return {
    ...archConventions("lukemelas", arch),
    ...LABELS["1k"],
    id: `lukemelas/${training}/${arch}`,
    library: "lukemelas",
    arch,
    files: [hashNamedFile(`${RELEASES}/${file}`)],
    licence: "Apache-2.0",
    preprocess: {
      size,
      fit: { mode: "resize-crop", resizeTo: size },
      filter: "bicubic",
      method: "pillow",
      ...STATISTICS[statistics],
    },
    accuracy: null,
  };
}

/**
 * The repositories of transformers' weights on the hub, one for each architecture. Its image processor takes the
 * nearest pixel, without a crop, and normalises in two steps that amount to ImageNet's statistics.
 */
export const transformersEntries = (): readonly WeightsEntry[] => archNames("transformers").map(transformersEntry);

function transformersEntry(arch: string): WeightsEntry {
  const conventions = archConventions("transformers", arch);
  const size = getSpec(conventions.variant).resolution.eval;
  const folder = `${HUB}/${arch}/resolve/main`;
  return {
    ...conventions,
    ...LABELS["1k"],
    id: `hf/${arch}`,
    library: "transformers",
    arch,
    files: [
      { url: `${folder}/model.safetensors`, format: "safetensors" },
      { url: `${folder}/pytorch_model.bin`, format: "pytorch" },
    ],
    licence: "Apache-2.0",
    preprocess: {
      size,
      fit: { mode: "squash", resizeTo: size },
      filter: "nearest",
      method: "pillow",
      ...STATISTICS.imagenet,
    },
    accuracy: null,
  };
}
