import { archConventions } from "../conventions/spec-for-arch.js";
import type { TorchvisionRow } from "./rows.js";
import { STATISTICS } from "./statistics.js";
import { hashNamedFile } from "./timm-entries.js";
import { TORCHVISION_ROWS } from "./torchvision-rows.generated.js";
import type { WeightsEntry } from "./weights-entry.js";

/** torchvision's weights. The licence is the repository's; the weights state none of their own. */
export const torchvisionEntries = (): readonly WeightsEntry[] => TORCHVISION_ROWS.map(torchvisionEntry);

function torchvisionEntry(row: TorchvisionRow): WeightsEntry {
  const [arch, tag, size, resizeTo, filter, statistics, top1, top5, file] = row;
  return {
    ...archConventions("torchvision", arch),
    id: `torchvision/${arch}.${tag}`,
    library: "torchvision",
    arch,
    classes: 1000,
    labelSet: "imagenet-1k",
    files: [hashNamedFile(`https://download.pytorch.org/models/${file}`)],
    licence: "BSD-3-Clause",
    preprocess: { size, fit: { mode: "resize-crop", resizeTo }, filter, method: "pillow", ...STATISTICS[statistics] },
    accuracy: top1 === null ? null : { top1, top5 },
  };
}
