import { EfficientNetError } from "@efficientnet/errors";
import { damaged, parseJson } from "./parse-json.js";
import { parsePreprocess } from "./parse-preprocess.js";
import { parseSpec } from "./parse-spec.js";
import { DESCRIPTION_KEYS, DESCRIPTION_VERSION, type WeightsDescription } from "./weights-description.js";

const MAX_LABELS_LENGTH = 8_000_000;
const MAX_LABEL_LENGTH = 1000;

/**
 * What a file's metadata says about the file, or null where it says nothing: the inverse of `formatDescription`. The
 * metadata may be hostile; whether the arrays agree with it is for `assertWeights` to say.
 *
 * @throws `wrong-file` for a description that cannot be, `unsupported` for one of another version.
 */
export function parseDescription(metadata: ReadonlyMap<string, string>): WeightsDescription | null {
  const version = metadata.get(DESCRIPTION_KEYS.version);
  if (version === undefined) return null;
  if (version !== DESCRIPTION_VERSION) {
    throw new EfficientNetError("unsupported", "the file describes itself in a version that this one does not read", {
      expected: `${DESCRIPTION_KEYS.version} ${DESCRIPTION_VERSION}`,
      received: version.slice(0, 40),
    });
  }
  const text = metadata.get(DESCRIPTION_KEYS.spec);
  if (text === undefined) throw damaged(`${DESCRIPTION_KEYS.spec} is absent`);
  const spec = parseSpec(text);
  const preprocess = metadata.get(DESCRIPTION_KEYS.preprocess);
  const labels = metadata.get(DESCRIPTION_KEYS.labels);
  return {
    spec,
    preprocess: preprocess === undefined ? null : parsePreprocess(preprocess),
    labels: labels === undefined ? null : parseLabels(labels, spec.head.classes),
  };
}

function parseLabels(text: string, classes: number | null): readonly string[] {
  const key = DESCRIPTION_KEYS.labels;
  const labels = parseJson(key, text, MAX_LABELS_LENGTH);
  if (!Array.isArray(labels) || labels.length !== classes) {
    throw damaged(`${key} are ${Array.isArray(labels) ? labels.length : "no"} names for ${classes ?? "no"} classes`);
  }
  const odd = labels.findIndex((label) => typeof label !== "string" || label.length > MAX_LABEL_LENGTH);
  if (odd < 0) return labels;
  throw damaged(`${key} have no name for class ${odd}`, { expected: `text of at most ${MAX_LABEL_LENGTH} characters` });
}
