import { EfficientNetError } from "@efficientnet/errors";
import { type PictureSource, pictureFrom } from "@efficientnet/preprocess";
import { checkLabels } from "./check-dataset.js";
import type { Dataset, DatasetDescription, Labelled } from "./dataset.js";

/** Pictures that are at hand, with their labels. */
export interface ArrayDatasetOptions extends Labelled {
  /** Decoded pictures, ImageData, files (`Blob`) and all else that `pictureFrom` reads. */
  readonly pictures: readonly PictureSource[];
  /** What messages call each; "picture 0" and so on by default. */
  readonly names?: readonly string[] | undefined;
}

/**
 * A dataset of pictures that are at hand. Workers get a copy of their own, unless some are elements of the page or
 * tensors, which cannot be sent: then pictures are prepared where they are.
 *
 * @throws `invalid-argument` for no pictures, fewer than two classes, or labels that do not fit.
 */
export function arrayDataset({ classes, labels, pictures, names }: ArrayDatasetOptions): Dataset {
  if (pictures.length !== labels.length || (names !== undefined && names.length !== labels.length)) {
    const and = names === undefined ? "" : ` and ${names.length} names`;
    throw new EfficientNetError("invalid-argument", `${pictures.length} pictures have ${labels.length} labels${and}`, {
      expected: "a label, and a name if any, for each picture",
    });
  }
  checkLabels({ classes, labels });
  const called = names ?? Array.from(labels, (_, index) => `picture ${index}`);
  return {
    classes,
    labels,
    name: (index) => called[index] ?? `picture ${index}`,
    picture: (index) => pictureFrom(pictures[index]!),
    description: pictures.every(canBeSent)
      ? ({
          kind: "pictures",
          classes,
          labels: Array.from(labels),
          pictures,
          names: called,
        } satisfies DatasetDescription)
      : undefined,
  };
}

/** Bytes, ImageData and files can be cloned; elements and tensors cannot. */
function canBeSent(source: PictureSource): boolean {
  if (typeof Blob !== "undefined" && source instanceof Blob) return true;
  if (typeof ImageData !== "undefined" && source instanceof ImageData) return true;
  return Object.getPrototypeOf(source) === Object.prototype && !("tensor" in source);
}
