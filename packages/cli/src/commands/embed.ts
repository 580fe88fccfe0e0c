import type { ExitCode } from "../exit-code.js";
import { formatEmbedding, formatEmbeddingJson } from "../format/format-embedding.js";
import { type NetworkOptions, openNetwork } from "../network/open-network.js";
import { answerEach } from "../pictures/answer-each.js";
import type { Report } from "../report.js";

/** The pooled features of pictures. */
export async function embed(pictures: readonly string[], options: NetworkOptions, report: Report): Promise<ExitCode> {
  const { network } = await openNetwork(options, report);
  const { maxPixels } = options;
  const format = report.json ? formatEmbeddingJson : formatEmbedding;
  try {
    return await answerEach(pictures, options, report, async (picture, file) =>
      format(file, await network.embed(picture, { maxPixels, signal: report.signal })),
    );
  } finally {
    network.dispose();
  }
}
