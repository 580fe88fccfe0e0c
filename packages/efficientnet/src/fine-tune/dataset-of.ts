import { EfficientNetError } from "@efficientnet/errors";
import type { Dataset } from "@efficientnet/train";
import type { DecodePicture } from "../efficient-net.js";
import type { FineTuneData } from "./fine-tune-options.js";

/** A dataset as it is, or that of pictures by class. */
export function datasetOf<Source>(data: FineTuneData<Source>, decode: DecodePicture<Source>): Dataset {
  if (isDataset(data)) return data;
  const classes = Object.keys(data);
  if (classes.length < 2) {
    throw new EfficientNetError("invalid-argument", `there are pictures of ${classes.length} classes`, {
      expected: "at least two classes, each with its pictures: { cat: [...], dog: [...] }",
    });
  }
  const empty = classes.filter((name) => (data[name] ?? []).length === 0);
  if (empty.length > 0) {
    throw new EfficientNetError("invalid-argument", `there are no pictures of ${empty.join(", ")}`);
  }
  const entries = classes.flatMap((name, label) =>
    (data[name] ?? []).map((source, i) => ({ source, label, name: `${name} ${i}` })),
  );
  const at = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) throw new EfficientNetError("invalid-argument", `there is no picture ${index}`);
    return entry;
  };
  return {
    classes,
    labels: entries.map(({ label }) => label),
    name: (index) => at(index).name,
    picture: (index) => decode(at(index).source, {}),
  };
}

function isDataset<Source>(data: FineTuneData<Source>): data is Dataset {
  return "classes" in data && "labels" in data && typeof data.picture === "function";
}
