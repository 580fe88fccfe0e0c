import type { CheckpointFiles } from "@efficientnet/weights";
import type { DownloadOptions } from "@efficientnet/weights/download";
import { folderCache } from "@efficientnet/weights/node";
import { readWeightsFiles } from "efficientnet/node";
import { formatTransfer } from "../format/format-transfer.js";
import type { Report } from "../report.js";

/** The files of weights from a path, an address, the Hugging Face hub or by the name of published ones. */
export function readWeights(source: string, report: Report): Promise<CheckpointFiles> {
  return readWeightsFiles(source, transferOptions(report));
}

/** Shows how far a transfer is, and ends it with the command. */
function transferOptions(report: Report): DownloadOptions {
  return {
    cache: folderCache(),
    ...(report.signal === undefined ? {} : { signal: report.signal }),
    onProgress: (progress) => report.progress(formatTransfer(progress)),
    onWarning: (warning) => report.warn(warning),
  };
}
