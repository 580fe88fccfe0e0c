import { basename } from "node:path";
import { readCheckpoint } from "@efficientnet/weights";
import { resolveModel } from "efficientnet/node";
import type { ExitCode } from "../exit-code.js";
import { hashFiles } from "../files/hash-files.js";
import { inFile } from "../files/in-file.js";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readWeights } from "../files/read-weights.js";
import { formatQuantity } from "../format/format-quantity.js";
import { formatWeights } from "../format/format-weights.js";
import { describeWeights, isFitting } from "../network/describe-weights.js";
import { findOddValues } from "../network/find-odd-values.js";
import type { Report } from "../report.js";

export interface VerifyOptions {
  /** The network it should be for; unless given, the one the file says or looks like. */
  readonly model?: string;
  /** Hexadecimal digits that its SHA-256 should begin with. */
  readonly sha256?: string;
}

/** Reads every value of a weights file, and ends with 1 unless all is as it should be. */
export async function verify(path: string, { model, sha256 }: VerifyOptions, report: Report): Promise<ExitCode> {
  const named = model === undefined ? undefined : isSpecFile(model) ? await readSpec(model) : model;
  const expected = named === undefined ? undefined : await resolveModel(named, null);
  const files = await readWeights(path, report);
  const hashes = hashFiles(files, basename(path));
  const [hash = ""] = hashes.values();
  return inFile(path, async () => {
    const checkpoint = await readCheckpoint(files);
    const description = await describeWeights(checkpoint, expected?.spec);
    const { family } = description;
    const foreign = expected?.family != null && family !== "canonical" && family !== expected.family;
    const odd = findOddValues(checkpoint);
    const isHash = sha256 === undefined || hash.startsWith(sha256.toLowerCase());
    const ok = isFitting(description) && !foreign && odd.length === 0 && isHash;
    if (report.json) {
      const found = { file: path, ok, ...description, notFinite: odd, sha256: Object.fromEntries(hashes) };
      report.answer(JSON.stringify(found, null, 2));
      return ok ? 0 : 1;
    }
    const [first] = odd;
    const values = first && `${first.name} holds ${first.value} at index ${first.index}`;
    const others = odd.length > 1 ? ` and ${odd.length - 1} more arrays hold such values` : "";
    report.answer(
      formatWeights(path, description, [
        ["parameters", formatQuantity(description.parameters)],
        ["finite", values === undefined ? "yes" : `no: ${values}${others}`],
        ...(foreign
          ? [["source", `not what ${model} says: its arrays are named as ${expected.family} names them`] as const]
          : []),
        ...[...hashes].map(([name, own]) => ["sha256", hashes.size === 1 ? own : `${own}  ${name}`] as const),
        ...(isHash ? [] : [["expected", `${sha256}`] as const]),
        ["verified", ok ? "yes" : "no"],
      ]),
    );
    return ok ? 0 : 1;
  });
}
