import { EfficientNetError } from "@efficientnet/errors";
import { type Dataset, describeDataset } from "./dataset.js";

/**
 * Some pictures of a dataset, in the given order, with all of its classes.
 *
 * @throws `invalid-argument` for no pictures, or a number that is none of the dataset's.
 */
export function subset(dataset: Dataset, indices: ArrayLike<number>): Dataset {
  const { length } = dataset.labels;
  const chosen = Array.from(indices);
  const wrong = chosen.find((index) => !(Number.isInteger(index) && index >= 0 && index < length));
  if (wrong !== undefined || chosen.length === 0) {
    throw new EfficientNetError(
      "invalid-argument",
      wrong === undefined ? "the subset has no pictures" : `the subset has picture ${wrong}`,
      { expected: `whole numbers from 0 to ${length - 1}` },
    );
  }
  const own = Uint32Array.from(chosen);
  return {
    classes: dataset.classes,
    labels: chosen.map((index) => dataset.labels[index]!),
    name: (index) => dataset.name(own[index]!),
    picture: (index) => dataset.picture(own[index]!),
    description: { kind: "subset", of: describeDataset(dataset), indices: own },
  };
}
