import { formatShape } from "@efficientnet/errors";
import { isFitting, type WeightsDescription } from "../network/describe-weights.js";
import { formatNormalisation, formatPreprocess } from "./format-preprocess.js";
import { formatFields } from "./format-table.js";

type Field = readonly [name: string, value: string];

/** Names listed of each kind before "and n more". */
const LISTED = 4;
/** Below this share of agreeing arrays, what differs from the nearest network tells nothing. */
const ALIKE = 0.5;
/** Longest piece of metadata shown. */
const METADATA_LENGTH = 60;

/** What a weights file is, one fact a line. */
export function formatWeights(file: string, description: WeightsDescription, more: readonly Field[] = []): string {
  const { format, arrays, types, family, network, variants, score, classes, publishedAs } = description;
  const { missing, unexpected, mismatched, metadata } = description;
  const isKnown = network !== null || score >= ALIKE;
  const shapes = mismatched.map(({ name, expected, received }) => {
    return `${name} is ${formatShape(received)}, not ${formatShape(expected)}`;
  });
  const recognised = variants.join(" or ") + (score === 1 ? "" : ` (${Math.floor(score * 100)} % alike)`);
  const fits = isFitting(description);
  const pairs = Object.entries(metadata).map(([key, value]) => `${key} ${value}`.slice(0, METADATA_LENGTH));
  return formatFields([
    ["file", file],
    ["format", `${format}, ${arrays} arrays, ${types.join(" and ")}`],
    ["names", family],
    ["network", network ?? (isKnown ? recognised : "none that has a name")],
    ["classes", classes === null ? "no classifier" : String(classes)],
    ["fits", fits ? "yes" : "no"],
    ...(network !== null && !fits && score >= ALIKE ? [["looks like", recognised] as const] : []),
    ...(isKnown
      ? [...listed("missing", missing), ...listed("unexpected", unexpected), ...listed("shapes", shapes)]
      : []),
    ...saidFields(description),
    ...listed("metadata", pairs),
    ...(publishedAs.length === 0 || !isKnown ? [] : [["run as", publishedAs.join(" or ")] as const]),
    ...more,
  ]);
}

/** What the file itself says, beyond its arrays. */
function saidFields({ says, labels, normalisation }: WeightsDescription): readonly Field[] {
  return [
    ...listed("labels", labels ?? []),
    ...(normalisation === null ? [] : [["pictures", formatNormalisation(normalisation)] as const]),
    ...(says === null ? [] : describedFields(says)),
  ];
}

function describedFields({ spec, preprocess }: NonNullable<WeightsDescription["says"]>): readonly Field[] {
  return [
    ["padding", spec.padding],
    ["batch norm", `epsilon ${spec.batchNorm.epsilon}`],
    ...(preprocess === null
      ? []
      : [["pictures", `${preprocess.size} x ${preprocess.size}, ${formatPreprocess(preprocess)}`] as const]),
  ];
}

function listed(name: string, items: readonly string[]): readonly Field[] {
  if (items.length === 0) return [];
  const more = items.length > LISTED ? ` and ${items.length - LISTED} more` : "";
  return [[name, items.slice(0, LISTED).join(", ") + more]];
}
