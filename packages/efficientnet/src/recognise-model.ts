import { EfficientNetError } from "@efficientnet/errors";
import { type Checkpoint, recogniseVariant } from "@efficientnet/weights";

/** Below this share of agreeing arrays a resemblance helps nobody. */
export const ALIKE = 0.5;

/**
 * The network that a checkpoint is for, where its arrays alone say so.
 *
 * @throws `weights-mismatch` when it is for none that is known, `invalid-argument` when several have these very arrays.
 */
export function recogniseModel(checkpoint: Checkpoint): string {
  const { variant, alsoFits, score } = recogniseVariant(checkpoint);
  if (score < 1) {
    throw new EfficientNetError("weights-mismatch", "these weights are those of no network this version knows", {
      ...(score < ALIKE ? {} : { received: `arrays that are ${Math.floor(score * 100)} % like ${variant}'s` }),
      hint: "for a network of your own give its spec",
    });
  }
  if (alsoFits.length === 0) return variant;
  throw new EfficientNetError("invalid-argument", "these weights fit several networks", {
    expected: [variant, ...alsoFits].join(" or "),
    hint: "name the one that they are for",
  });
}
