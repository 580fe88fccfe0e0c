import { EfficientNetError } from "@efficientnet/errors";
import { seededRandom, shuffle } from "@efficientnet/random";
import type { Dataset } from "./dataset.js";
import { subset } from "./subset.js";

/** How a dataset is split. */
export interface SplitOptions {
  /** Share of each class that is held back for validation, in (0, 1). */
  readonly share: number;
  readonly seed: number;
}

/** Two parts that share no picture. */
export interface DatasetSplit {
  readonly training: Dataset;
  readonly validation: Dataset;
}

/**
 * Splits a dataset class by class, so that both parts have the proportions of the whole; each part keeps the order of the
 * dataset. Of a class with several pictures, both parts get at least one; a single picture is trained on.
 *
 * @throws `invalid-argument` for a share outside (0, 1), or where no class has two pictures.
 */
export function splitDataset(dataset: Dataset, { share, seed }: SplitOptions): DatasetSplit {
  if (!(share > 0 && share < 1)) {
    throw new EfficientNetError("invalid-argument", `share is ${share}`, { expected: "a number between 0 and 1" });
  }
  const isHeld = new Uint8Array(dataset.labels.length);
  for (const label of dataset.classes.keys()) {
    const members = Array.from(isHeld.keys()).filter((index) => dataset.labels[index] === label);
    const held = Math.min(members.length - 1, Math.max(1, Math.round(members.length * share)));
    for (const member of shuffle(seededRandom(seed, "split", label), members.length).subarray(0, Math.max(0, held))) {
      isHeld[members[member]!] = 1;
    }
  }
  const where = (held: 0 | 1) => Array.from(isHeld.keys()).filter((index) => isHeld[index] === held);
  if (!isHeld.includes(1)) {
    throw new EfficientNetError("invalid-argument", "no class has a picture to spare for validation", {
      expected: "at least one class with two pictures or more",
      received: `${dataset.labels.length} pictures in ${dataset.classes.length} classes`,
    });
  }
  return { training: subset(dataset, where(0)), validation: subset(dataset, where(1)) };
}
