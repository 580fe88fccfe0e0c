import type { Family } from "../families/family.js";
import { foreignWeights } from "../foreign-weights.js";
import { type WriteSafetensorsOptions, writeSafetensors } from "../safetensors/write-safetensors.js";
import { formatDescription } from "./format-description.js";
import type { WeightsDescription } from "./weights-description.js";

export interface SaveWeightsOptions
  extends Pick<WeightsDescription, "spec">,
    Partial<Omit<WeightsDescription, "spec">> {
  /** Whose names and layouts the arrays get; the canonical ones unless told. */
  readonly names?: Family | undefined;
  /** Element type on disk; F32 unless told. */
  readonly dtype?: WriteSafetensorsOptions["dtype"];
  /** Gives each tensor of the spec by its canonical name, in canonical layout. */
  readonly read: (name: string) => Float32Array;
}

/** Readers of these families are PyTorch's, which ask whose layout a file has. */
const PYTORCH: ReadonlySet<Family> = new Set(["timm", "torchvision", "torchvision-mnasnet"]);

/**
 * A network as a safetensors file that describes itself, so that loading it again takes nothing but the file; under a
 * family's names that family's library loads it too.
 *
 * @throws `unsupported` when the family cannot name this network; `invalid-argument` for labels that are not one for
 * each class, or values that F16 cannot hold.
 */
export function saveWeights({
  spec,
  preprocess = null,
  labels = null,
  names = "canonical",
  dtype = "F32",
  read,
}: SaveWeightsOptions): Uint8Array {
  const description = formatDescription({ spec, preprocess, labels });
  const metadata = PYTORCH.has(names) ? { ...description, format: "pt" } : description;
  return writeSafetensors(foreignWeights(names, spec, read), { metadata, dtype });
}
