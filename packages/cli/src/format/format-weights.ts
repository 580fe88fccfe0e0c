import { formatShape } from "@efficientnet/errors";
import type { WeightsDescription } from "../network/describe-weights.js";
import { formatFields } from "./format-table.js";

/** Names listed of each kind before "and n more". */
const LISTED = 4;

/** What a weights file is, one fact a line. */
export function formatWeights(file: string, description: WeightsDescription): string {
  const { format, arrays, types, family, variants, score, classes, publishedAs } = description;
  const { missing, unexpected, mismatched } = description;
  const shapes = mismatched.map(({ name, expected, received }) => {
    return `${name} is ${formatShape(received)}, not ${formatShape(expected)}`;
  });
  const alike = score === 1 ? "" : ` (${Math.floor(score * 100)} % alike)`;
  const fits = missing.length + unexpected.length + mismatched.length === 0;
  return formatFields([
    ["file", file],
    ["format", `${format}, ${arrays} arrays, ${types.join(" and ")}`],
    ["names", family],
    ["network", variants.join(" or ") + alike],
    ["classes", classes === null ? "no classifier" : String(classes)],
    ["fits", fits ? "yes" : "no"],
    ...listed("missing", missing),
    ...listed("unexpected", unexpected),
    ...listed("shapes", shapes),
    ...(publishedAs.length === 0 ? [] : [["run as", publishedAs.join(" or ")] as const]),
  ]);
}

function listed(name: string, items: readonly string[]): readonly (readonly [string, string])[] {
  if (items.length === 0) return [];
  const more = items.length > LISTED ? ` and ${items.length - LISTED} more` : "";
  return [[name, items.slice(0, LISTED).join(", ") + more]];
}
