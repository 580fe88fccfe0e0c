import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, type PreprocessSpec, tensorShapes } from "@efficientnet/specs";
import {
  type CanonicalWeights,
  canonicalWeights,
  type Family,
  readCheckpoint,
  readDescription,
  type SaveWeightsOptions,
  saveWeights,
} from "@efficientnet/weights";

/** A network that is to be written under other names. */
export interface Conversion {
  readonly spec: ArchitectureSpec;
  readonly preprocess: PreprocessSpec;
  readonly labels: readonly string[] | null;
  readonly names: Family;
  readonly dtype: NonNullable<SaveWeightsOptions["dtype"]>;
  readonly weights: CanonicalWeights;
}

/** Rounding to 11 significant bits, and below the smallest half: half of a step. */
const F16_ERROR = { relative: 2 ** -11, absolute: 2 ** -25 };

export function convertWeights({ weights, ...rest }: Conversion): Uint8Array {
  return saveWeights({ ...rest, read: (name) => weights.read(name) });
}

/**
 * Passes when a file that was written holds what it was made from, value by value.
 *
 * @throws `wrong-file` when it does not: what was written is not what is there.
 */
export async function checkConverted(written: Uint8Array, { spec, labels, dtype, weights }: Conversion): Promise<void> {
  const checkpoint = await readCheckpoint(written);
  const description = await readDescription(checkpoint);
  if (JSON.stringify([description?.spec, description?.labels]) !== JSON.stringify([spec, labels])) {
    throw differs("what it says about itself");
  }
  const converted = canonicalWeights(spec, checkpoint);
  for (const { name } of tensorShapes(spec)) {
    if (!isSame(weights.read(name), converted.read(name), dtype)) throw differs(name);
  }
}

function isSame(from: Float32Array, to: Float32Array, dtype: Conversion["dtype"]): boolean {
  if (from.length !== to.length) return false;
  if (dtype === "F32") return from.every((value, i) => value === to[i]);
  const { relative, absolute } = F16_ERROR;
  return from.every((value, i) => Math.abs(value - (to[i] ?? Number.NaN)) <= Math.abs(value) * relative + absolute);
}

function differs(what: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `${what} is not what was written`, {
    hint: "the disk may be full or damaged; nothing was put in place",
  });
}
