import type { DownloadProgress } from "@efficientnet/weights/download";
import { formatQuantity } from "./format-quantity.js";

const BAR_WIDTH = 20;
const NAME_LENGTH = 30;

/** `model.safetensors  [#####               ]  7.14 MB of 28.6 MB`, in one line. */
export function formatTransfer({ bytes, total, name }: DownloadProgress): string {
  const label = name.length > NAME_LENGTH ? `...${name.slice(3 - NAME_LENGTH)}` : name;
  if (total === null || total === 0) return `${label}  ${formatQuantity(bytes, "B")}`;
  const done = Math.min(BAR_WIDTH, Math.floor((bytes / total) * BAR_WIDTH));
  const bar = "#".repeat(done).padEnd(BAR_WIDTH);
  return `${label}  [${bar}]  ${formatQuantity(bytes, "B")} of ${formatQuantity(total, "B")}`;
}
