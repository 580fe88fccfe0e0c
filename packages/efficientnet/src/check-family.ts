import { EfficientNetError } from "@efficientnet/errors";
import { type Checkpoint, type Family, findArchs, recogniseVariant } from "@efficientnet/weights";
import { ALIKE } from "./recognise-model.js";

/**
 * Passes when a file comes from where its name says. A file under canonical names may be anybody's.
 *
 * @throws `weights-mismatch` saying what the file looks like.
 */
export function checkFamily(
  model: string,
  expected: Family | undefined,
  received: Family | null,
  checkpoint: Checkpoint,
): void {
  if (expected === undefined || received === null || received === "canonical" || received === expected) return;
  throw new EfficientNetError("weights-mismatch", `the file does not come from where "${model}" says`, {
    expected: `arrays named as ${expected} names them`,
    received: `arrays named as ${received} names them`,
    hint: `${resemblance(checkpoint, received)}name the weights that it holds: padding and preprocessing follow from it`,
  });
}

function resemblance(checkpoint: Checkpoint, family: Family): string {
  const { variant, alsoFits, score } = recogniseVariant(checkpoint, family);
  if (score < ALIKE) return "";
  const archs = [variant, ...alsoFits].flatMap((name) => findArchs(family, name));
  const names = archs.length === 0 ? [variant, ...alsoFits] : archs.map(({ library, arch }) => `${library}/${arch}`);
  return `the file looks like ${names.join(" or ")}; `;
}
