import { EfficientNetError } from "@efficientnet/errors";
import { arrayDataset } from "./array-dataset.js";
import type { Dataset, DatasetDescription } from "./dataset.js";
import { importDataset } from "./import-dataset.js";
import { subset } from "./subset.js";

type Described<Kind extends DatasetDescription["kind"]> = Extract<DatasetDescription, { kind: Kind }>;

/** What a thread can do besides what every thread can. */
export interface DatasetSources {
  /** The dataset that is meant by `own`. */
  readonly own?: Dataset | undefined;
  readonly openFiles?: ((files: Described<"files">) => Dataset) | undefined;
}

/**
 * The dataset that a description is of.
 *
 * @throws `unsupported` where this thread has no dataset of its own, or no files; what making the dataset throws.
 */
export async function openDataset(description: DatasetDescription, sources: DatasetSources): Promise<Dataset> {
  switch (description.kind) {
    case "pictures":
      return arrayDataset(description);
    case "module":
      return importDataset(description.url, description.argument);
    case "subset":
      return subset(await openDataset(description.of, sources), description.indices);
    case "files":
      if (sources.openFiles !== undefined) return sources.openFiles(description);
      throw new EfficientNetError("unsupported", "this worker cannot read files by their paths");
    case "own":
      if (sources.own !== undefined) return sources.own;
      throw new EfficientNetError("unsupported", "the worker has no dataset of its own", {
        hint: "call serveDataset(self, dataset) in its module with the same dataset",
      });
  }
}
