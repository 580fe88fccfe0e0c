import { EfficientNetError } from "@efficientnet/errors";
import { validateSpec } from "@efficientnet/specs";
import { DESCRIPTION_KEYS, DESCRIPTION_VERSION, type WeightsDescription } from "./weights-description.js";

/**
 * The metadata that makes a file describe itself: the inverse of `parseDescription`.
 *
 * @throws `invalid-argument` for an impossible spec, or labels that are not one for each class.
 */
export function formatDescription({ spec, preprocess, labels }: WeightsDescription): Readonly<Record<string, string>> {
  validateSpec(spec);
  if (labels !== null && labels.length !== spec.head.classes) {
    throw new EfficientNetError("invalid-argument", `${labels.length} labels for ${spec.head.classes ?? "no"} classes`);
  }
  return {
    [DESCRIPTION_KEYS.version]: DESCRIPTION_VERSION,
    [DESCRIPTION_KEYS.spec]: JSON.stringify(spec),
    ...(preprocess === null ? {} : { [DESCRIPTION_KEYS.preprocess]: JSON.stringify(preprocess) }),
    ...(labels === null ? {} : { [DESCRIPTION_KEYS.labels]: JSON.stringify(labels) }),
  };
}
