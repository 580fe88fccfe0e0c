import { stat } from "node:fs/promises";
import type { PixelLimit } from "@efficientnet/preprocess";
import { type Example, type ExampleSet, parseExampleSet } from "efficientnet/node";
import { inFile } from "../files/in-file.js";
import { readText } from "../files/read-text.js";
import type { OpenNetwork } from "../network/open-network.js";
import { stopIfAborted } from "../pictures/answer-each.js";
import { decodeAhead } from "../pictures/decode-ahead.js";
import { withPicture } from "../pictures/with-picture.js";
import type { Report } from "../report.js";
import { findExamples } from "./find-examples.js";

/**
 * Examples from a folder of folders, seen through the network, or from a file that `--save-examples` wrote. An example
 * that cannot be used ends the command: one left out in silence would change every answer.
 *
 * @throws `wrong-file`; `bad-image` naming the example.
 */
export async function readExamples(
  path: string,
  open: OpenNetwork,
  limit: PixelLimit,
  report: Report,
): Promise<ExampleSet> {
  if (!(await isFile(path))) return { model: open.id, examples: await embedExamples(path, open, limit, report) };
  const text = await readText(path, "example set");
  return inFile(path, () => parseExampleSet(text, open.id));
}

async function isFile(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true;
}

async function embedExamples(
  folder: string,
  { network }: OpenNetwork,
  { maxPixels }: PixelLimit,
  report: Report,
): Promise<readonly Example[]> {
  const files = await findExamples(folder);
  const labels = new Map(files.map(({ path, label }) => [path, label]));
  const examples: Example[] = [];
  for await (const decoded of decodeAhead([...labels.keys()], { maxPixels })) {
    stopIfAborted(report);
    report.progress(`example ${examples.length + 1}/${files.length} ${decoded.path}`);
    const embedding = await withPicture(decoded, (picture) => network.embed(picture, { maxPixels }));
    examples.push({ label: labels.get(decoded.path) ?? decoded.path, embedding });
  }
  return examples;
}
