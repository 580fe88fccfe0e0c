import type { LevelName } from "@efficientnet/model";
import { writeSafetensors } from "@efficientnet/weights";
import { writeAtomically } from "../files/write-atomically.js";
import { formatFeatures, summariseFeatures } from "../format/format-features.js";
import { type NetworkOptions, openNetwork } from "../network/open-network.js";
import { decodeAhead } from "../pictures/decode-ahead.js";
import { withPicture } from "../pictures/with-picture.js";
import type { Report } from "../report.js";

export interface FeaturesOptions extends NetworkOptions {
  readonly levels?: readonly LevelName[];
  /** Where the maps themselves go, as safetensors. */
  readonly save?: string;
}

/** The feature pyramid of one picture. */
export async function features(picture: string, options: FeaturesOptions, report: Report): Promise<0> {
  const { network } = await openNetwork(options, report);
  try {
    for await (const decoded of decodeAhead([picture], options)) {
      const { levels, maxPixels, save } = options;
      const run = { levels, maxPixels, signal: report.signal };
      const maps = await withPicture(decoded, (pixels) => network.features(pixels, run));
      const named = maps.map(({ level, shape, data }) => [`level.${level}`, { shape, values: data }] as const);
      if (save !== undefined) await writeAtomically(save, writeSafetensors(named));
      const summaries = maps.map(summariseFeatures);
      report.answer(report.json ? JSON.stringify({ file: picture, features: summaries }) : formatFeatures(summaries));
    }
    return 0;
  } finally {
    network.dispose();
  }
}
