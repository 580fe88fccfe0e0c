import { type ArchitectureSpec, withClasses } from "@efficientnet/specs";
import type { Checkpoint } from "./checkpoint.js";
import { FAMILIES } from "./families/families.js";
import type { Family } from "./families/family.js";
import { fileTensors } from "./file-tensors.js";
import { requireFamily } from "./recognise-family.js";

/**
 * Outputs of the classifier in a checkpoint, or null when it has none, as in Keras's `notop` files.
 *
 * @throws `weights-mismatch` when no family has such names.
 */
export function readClasses(checkpoint: Checkpoint, family: Family = requireFamily(checkpoint)): number | null {
  const { classifier, separator, parameters, axes } = FAMILIES[family];
  const kernel = fileTensors(checkpoint, family).byName.get(`${classifier}${separator}${parameters["dense-kernel"]}`);
  const outputAxis = axes["dense-kernel"]?.[1] ?? 1;
  return kernel?.tensor.shape[outputAxis] ?? null;
}

/**
 * The spec with the classes that a checkpoint really has, null when the classifier is absent.
 *
 * @throws `weights-mismatch` when no family has such names.
 */
export function specFromCheckpoint(spec: ArchitectureSpec, checkpoint: Checkpoint, family?: Family): ArchitectureSpec {
  const classes = readClasses(checkpoint, family);
  return classes === spec.head.classes ? spec : withClasses(spec, classes);
}
