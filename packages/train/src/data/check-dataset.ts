import { EfficientNetError } from "@efficientnet/errors";
import type { Labelled } from "./dataset.js";

/** Throws `invalid-argument` unless there are pictures, at least two classes, and every label is one of them. */
export function checkLabels({ classes, labels }: Labelled): void {
  if (labels.length === 0) throw new EfficientNetError("invalid-argument", "the dataset has no pictures");
  if (classes.length < 2) {
    throw new EfficientNetError("invalid-argument", `the dataset has ${classes.length} class${nameOnly(classes)}`, {
      expected: "at least two classes to tell apart",
    });
  }
  const wrong = Array.prototype.findIndex.call(
    labels,
    (label: unknown) => !(Number.isInteger(label) && Number(label) >= 0 && Number(label) < classes.length),
  );
  if (wrong < 0) return;
  throw new EfficientNetError("invalid-argument", `the label of picture ${wrong} is ${labels[wrong]}`, {
    expected: `a whole number from 0 to ${classes.length - 1}, an index of classes`,
  });
}

const nameOnly = ([name]: readonly string[]): string => (name === undefined ? "es" : `, "${name}"`);
