import { EfficientNetError, unknownName } from "@efficientnet/errors";
import { type ArchitectureSpec, tensorShapes } from "@efficientnet/specs";
import { assertWeights } from "./assert-weights.js";
import type { WeightsOptions } from "./check-weights.js";
import type { Checkpoint } from "./checkpoint.js";
import type { Family } from "./families/family.js";
import { fileTensors } from "./file-tensors.js";
import { foldedInto, unfoldNorm } from "./folded-norms.js";
import { nameMapOf } from "./name-map.js";
import { permute } from "./permute.js";

/** A checkpoint seen through a network's own names and layouts. */
export interface CanonicalWeights {
  readonly spec: ArchitectureSpec;
  readonly family: Family;
  /** Every tensor of `tensorShapes(spec)`, in forward order. */
  readonly names: readonly string[];
  /**
   * One tensor as float32 in canonical layout. Converted when asked for, so that no second copy of the file is ever
   * held; may be a view of the file's bytes, so it must not be written to.
   *
   * @throws `unknown-name`; `wrong-file` when a value is NaN or infinite.
   */
  read(name: string): Float32Array;
}

/**
 * Binds a checkpoint to a network. A file whose batch norms are folded into its convolutions (`bias` and no norm) is
 * served as well: each such norm reads as the one that changes nothing but adds the bias, given the spec's epsilon.
 *
 * @throws `weights-mismatch` when it does not fit.
 */
export function canonicalWeights(
  spec: ArchitectureSpec,
  checkpoint: Checkpoint,
  options: WeightsOptions = {},
): CanonicalWeights {
  const { family } = assertWeights(spec, checkpoint, options);
  const { byName } = fileTensors(checkpoint, family);
  const mappings = new Map(nameMapOf(family, spec, byName).map((mapping) => [mapping.canonical, mapping]));
  const names = new Set(tensorShapes(spec).map(({ name }) => name));
  const readStored = (name: string): Float32Array | null => {
    const mapping = mappings.get(name);
    const found = mapping && byName.get(mapping.foreign);
    if (!mapping || !found) return null;
    const values = found.tensor.read();
    checkFinite(found.fileName, values);
    return permute(values, mapping.foreignLayout, mapping.permutation);
  };
  const readFolded = (name: string): Float32Array | null => {
    const bias = readStored(foldedInto(name) ?? "");
    return bias && unfoldNorm(name, bias, spec.batchNorm.epsilon);
  };
  return {
    spec,
    family,
    names: [...names],
    read(name) {
      const values = names.has(name) ? (readStored(name) ?? readFolded(name)) : null;
      if (values === null) throw unknownName(`tensor of ${spec.name}`, name, names);
      return values;
    },
  };
}

function checkFinite(name: string, values: Float32Array): void {
  let index = 0;
  while (index < values.length && Number.isFinite(values[index])) index++;
  if (index === values.length) return;
  throw new EfficientNetError("wrong-file", `${name} holds ${values[index]} at index ${index}`, {
    expected: "finite numbers",
    hint: "the file is damaged, or training diverged before it was saved",
  });
}
