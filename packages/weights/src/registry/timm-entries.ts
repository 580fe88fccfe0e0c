import { archConventions } from "../conventions/spec-for-arch.js";
import { LABELS } from "./labels.js";
import type { TimmRow } from "./rows.js";
import { STATISTICS } from "./statistics.js";
import { TIMM_ROWS } from "./timm-rows.generated.js";
import type { WeightsEntry, WeightsFile } from "./weights-entry.js";

const HUB = "https://huggingface.co/timm";
const RELEASES = "https://github.com/huggingface/pytorch-image-models/releases/download/v0.1-";

/** timm's weights, with the size and crop that timm evaluates them at. Source: timm/models/efficientnet.py. */
export const timmEntries = (): readonly WeightsEntry[] => TIMM_ROWS.map(timmEntry);

function timmEntry(row: TimmRow): WeightsEntry {
  const [arch, tag, labels, size, resizeTo, mode, filter, statistics, top1, top5, legacy] = row;
  return {
    ...archConventions("timm", arch),
    ...LABELS[labels],
    id: `timm/${arch}.${tag}`,
    library: "timm",
    arch,
    files: [
      { url: `${HUB}/${arch}.${tag}/resolve/main/model.safetensors`, format: "safetensors" },
      ...(legacy === null ? [] : [hashNamedFile(`${RELEASES}${legacy}`)]),
    ],
    licence: "Apache-2.0",
    preprocess: { size, fit: { mode, resizeTo }, filter, method: "pillow", ...STATISTICS[statistics] },
    accuracy: top1 === null ? null : { top1, top5 },
  };
}

/** A PyTorch file whose name ends in the first digits of its SHA-256. */
export function hashNamedFile(path: string): WeightsFile {
  return { url: `${path}.pth`, format: "pytorch", sha256Prefix: path.slice(path.lastIndexOf("-") + 1) };
}
