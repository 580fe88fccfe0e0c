import { EfficientNetError } from "@efficientnet/errors";
import type { Picture } from "@efficientnet/preprocess";
import { checkLabels } from "./check-dataset.js";
import type { Dataset } from "./dataset.js";

/** Pictures that are drawn by program. */
export interface GeneratedDatasetOptions {
  readonly classes: readonly string[];
  /** How many pictures there are. */
  readonly length: number;
  /** The class of a picture, known without drawing it. */
  readonly label: (index: number) => number;
  /** Draws a picture from its number alone: the same number gives the same pixels. */
  readonly picture: (index: number) => Picture | Promise<Picture>;
}

/**
 * A dataset that is drawn as it is needed. For workers to draw it, put it in a module: see {@link importDataset} and
 * {@link serveDataset}.
 *
 * @throws `invalid-argument` for no pictures, fewer than two classes, or a label that is none.
 */
export function generatedDataset({ classes, length, label, picture }: GeneratedDatasetOptions): Dataset {
  if (!(Number.isInteger(length) && length > 0)) {
    throw new EfficientNetError("invalid-argument", `the length of the dataset is ${length}`, {
      expected: "a whole, positive number of pictures",
    });
  }
  const labels = Int32Array.from({ length }, (_, index) => label(index));
  checkLabels({ classes, labels });
  return { classes, labels, name: (index) => `drawn ${index}`, picture: async (index) => picture(index) };
}
