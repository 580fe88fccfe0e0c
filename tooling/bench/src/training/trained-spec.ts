import { type ArchitectureSpec, getSpec, type VariantName } from "@efficientnet/specs";

/** A network without what is random in training, so that every contestant computes the same. */
export function trainedSpec(model: string): ArchitectureSpec {
  return { ...getSpec(model as VariantName), dropoutRate: 0, dropPathRate: 0 };
}
