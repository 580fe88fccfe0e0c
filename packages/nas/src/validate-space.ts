import { EfficientNetError } from "@efficientnet/errors";
import type { Dimension, SearchSpace } from "./search-space.js";

const invalid = (fact: string, expected: string) => new EfficientNetError("invalid-argument", fact, { expected });

/**
 * Throws for a space in which a network would have two genotypes or none: the first fault, with its place.
 *
 * @throws `invalid-argument`.
 */
export function validateSpace({ name, base, stages }: SearchSpace): void {
  if (stages.length !== base.stages.length) {
    throw invalid(`${name} decides about ${stages.length} stages`, `${base.stages.length}, as ${base.name} has`);
  }
  stages.forEach((dimensions, stage) => {
    const taken = new Map<string, string>();
    for (const dimension of dimensions) {
      const place = `${dimension.name} of stage ${stage} of ${name}`;
      for (const field of fieldsOf(dimension, place)) {
        const other = taken.get(field);
        if (other !== undefined)
          throw invalid(`${place} sets ${field}, as ${other} does`, "one decision for each field");
        taken.set(field, dimension.name);
      }
    }
  });
}

/** The fields that every option of a dimension sets. */
function fieldsOf({ options }: Dimension, place: string): readonly string[] {
  const [first = {}] = options;
  const fields = Object.keys(first).sort();
  if (fields.length === 0) throw invalid(`${place} has no option that sets a field`, "at least one");
  const seen = new Set<string>();
  options.forEach((option, index) => {
    const entries = Object.entries(option).sort(([a], [b]) => (a < b ? -1 : 1));
    if (entries.map(([field]) => field).join() !== fields.join()) {
      throw invalid(`option ${index} of ${place} sets ${Object.keys(option).join(", ")}`, fields.join(", "));
    }
    const key = JSON.stringify(entries);
    if (seen.has(key)) throw invalid(`option ${index} of ${place} repeats another`, "options that differ");
    seen.add(key);
  });
  return fields;
}
