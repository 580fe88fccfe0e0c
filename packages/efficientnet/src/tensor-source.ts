import type { ReadTensor } from "@efficientnet/model";
import { initTensor } from "@efficientnet/model/pure";
import { type ArchitectureSpec, type TensorShape, withClasses } from "@efficientnet/specs";
import { type Checkpoint, canonicalWeights } from "@efficientnet/weights";

/** A classifier in place of the file's. */
export interface HeadOptions {
  /** Classes of the classifier. Another count than the file's makes a new one; null leaves the classifier out. */
  readonly classes?: number | null | undefined;
  /** What a new classifier's first values follow from; 0 unless told. */
  readonly headSeed?: number | undefined;
}

/** A network and where its values come from. */
export interface TensorSource {
  readonly spec: ArchitectureSpec;
  readonly read: ReadTensor;
  /** The classifier is not the file's, and was never trained. */
  readonly newHead: boolean;
}

/**
 * Every tensor of a network from a checkpoint or a seed, where asked with a classifier for other classes than the
 * file's.
 *
 * @throws `weights-mismatch` when the checkpoint does not fit; `invalid-argument` when `classes` cannot be.
 */
export function tensorSource(
  own: ArchitectureSpec,
  weights: Checkpoint | { readonly seed: number },
  { classes = own.head.classes, headSeed = 0 }: HeadOptions = {},
): TensorSource {
  const spec = classes === own.head.classes ? own : withClasses(own, classes);
  if ("seed" in weights) return { spec, read: (tensor) => initTensor(tensor, weights.seed), newHead: false };
  const newHead = spec !== own && classes !== null;
  const stored = canonicalWeights(newHead ? withClasses(own, null) : spec, weights);
  const read = (tensor: TensorShape) =>
    newHead && tensor.name.startsWith("classifier.") ? initTensor(tensor, headSeed) : stored.read(tensor.name);
  return { spec, read, newHead };
}
