import { EfficientNetError } from "./efficientnet-error.js";
import { nearMatches } from "./near-matches.js";

/** The error for a name that is not in a list: `unknown model "efficientnet-b9"`, with near matches as the hint. */
export function unknownName(kind: string, typed: string, names: Iterable<string>): EfficientNetError {
  const all = [...names];
  const near = nearMatches(typed, all);
  const hint = near.length > 0 ? `did you mean ${near.join(", ")}?` : `known: ${all.slice(0, 12).join(", ")}`;
  return new EfficientNetError("unknown-name", `unknown ${kind} "${typed}"`, { hint });
}
