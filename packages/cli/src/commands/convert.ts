import { stat } from "node:fs/promises";
import { EfficientNetError, unknownName } from "@efficientnet/errors";
import type { ArchitectureSpec } from "@efficientnet/specs";
import { canonicalWeights, FAMILY_NAMES, type Family, readCheckpoint } from "@efficientnet/weights";
import { IMAGENET_1K_LABELS } from "efficientnet/labels";
import { resolveModel } from "efficientnet/node";
import { hashFiles } from "../files/hash-files.js";
import { inFile } from "../files/in-file.js";
import { readLabels } from "../files/read-labels.js";
import { isSpecFile, readSpec } from "../files/read-spec.js";
import { readWeights } from "../files/read-weights.js";
import { checkFolderOf, writeAtomically } from "../files/write-atomically.js";
import { formatQuantity } from "../format/format-quantity.js";
import { formatFields } from "../format/format-table.js";
import { type Conversion, checkConverted, convertWeights } from "../network/convert-weights.js";
import { publishedAs } from "../network/describe-weights.js";
import type { Report } from "../report.js";

export interface ConvertOptions {
  readonly names: string;
  readonly dtype: string;
  readonly model?: string;
  readonly labels?: string;
  readonly force?: boolean;
}

const DTYPES: ReadonlyMap<string, Conversion["dtype"]> = new Map([
  ["f32", "F32"],
  ["f16", "F16"],
]);

/** Writes weights again as a safetensors file that describes itself, under any family's names. */
export async function convert(from: string, to: string, options: ConvertOptions, report: Report): Promise<0> {
  const names = checkNames(options.names);
  const dtype = DTYPES.get(options.dtype.toLowerCase());
  if (dtype === undefined) throw unknownName("element type", options.dtype, DTYPES.keys());
  await checkTarget(to, options.force === true);
  const labels = options.labels === undefined ? undefined : await readLabels(options.labels);
  const conversion = await inFile(from, () => openConversion(from, { ...options, names, dtype, labels }, report));
  const bytes = convertWeights(conversion);
  report.progress(`writing ${to}`);
  await writeAtomically(to, bytes, (written) => checkConverted(written, conversion));
  answer(from, to, bytes, conversion, report);
  return 0;
}

interface CheckedOptions extends Pick<Conversion, "names" | "dtype"> {
  readonly model?: string;
  readonly labels: readonly string[] | undefined;
}

async function openConversion(
  from: string,
  { model, names, dtype, labels }: CheckedOptions,
  report: Report,
): Promise<Conversion> {
  const named = model !== undefined && isSpecFile(model) ? await readSpec(model) : model;
  const checkpoint = await readCheckpoint(await readWeights(from, report));
  const { spec, preprocess, imagenet, ...resolved } = await resolveModel(named, checkpoint);
  const known = labels ?? resolved.labels ?? (imagenet ? IMAGENET_1K_LABELS : null);
  return { spec, preprocess, labels: known, names, dtype, weights: canonicalWeights(spec, checkpoint) };
}

function checkNames(names: string): Family {
  const family = FAMILY_NAMES.find((known) => known === names);
  if (family === undefined) throw unknownName("family", names, FAMILY_NAMES);
  return family;
}

async function checkTarget(path: string, force: boolean): Promise<void> {
  if (!/\.safetensors$/i.test(path)) {
    throw new EfficientNetError("invalid-argument", `${path} is no name for what is written`, {
      expected: "a name ending in .safetensors",
    });
  }
  await checkFolderOf(path);
  if (force || !(await stat(path).catch(() => undefined))) return;
  throw new EfficientNetError("invalid-argument", `${path} exists`, { hint: "--force replaces it" });
}

function answer(from: string, to: string, bytes: Uint8Array, conversion: Conversion, report: Report): void {
  const { spec, preprocess, labels, names, dtype, weights } = conversion;
  const archs = publishedAs(names, spec, true);
  const [sha256 = ""] = hashFiles(bytes, to).values();
  if (report.json) {
    const { classes } = spec.head;
    const made = {
      file: to,
      from,
      network: spec.name,
      classes,
      names,
      dtype,
      bytes: bytes.length,
      sha256,
      loadAs: archs,
    };
    report.answer(JSON.stringify({ ...made, labels: labels?.length ?? null, preprocess }, null, 2));
  } else {
    report.answer(
      formatFields([
        ["file", to],
        ["from", `${from}, ${weights.family} names`],
        ["network", `${spec.name}, ${spec.head.classes === null ? "no classifier" : `${spec.head.classes} classes`}`],
        ["names", names],
        ["labels", labels === null ? "not known" : "written"],
        ["size", `${formatQuantity(bytes.length, "B")}, ${dtype}`],
        ["sha256", sha256],
        ...(archs.length === 0 ? [] : [["load as", archs.join(" or ")] as const]),
      ]),
    );
  }
  if (names !== "canonical" && archs.length === 0) report.warn(whyNotLoaded(names, spec));
}

/** What becomes of a file whose names are those of a library that does not run this network as it is. */
function whyNotLoaded(names: Family, spec: ArchitectureSpec): string {
  return publishedAs(names, spec, false).length === 0
    ? `${names} has no network ${spec.name}: the file has its names, and it will not load it`
    : `${names} runs its own ${spec.name} with another padding or epsilon than ${spec.padding} and ${spec.batchNorm.epsilon}: ` +
        "it will load this file and answer differently";
}
