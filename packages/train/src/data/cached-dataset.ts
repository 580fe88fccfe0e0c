import type { Picture } from "@efficientnet/preprocess";
import type { Dataset } from "./dataset.js";

/**
 * A dataset that remembers decoded pictures, up to a number of bytes: the first that fit stay. In a shuffled epoch each
 * picture comes once, so that forgetting the oldest would keep none until it comes again.
 */
export function cachedDataset(dataset: Dataset, bytes: number): Dataset {
  const kept = new Map<number, Picture>();
  let left = bytes;
  return {
    classes: dataset.classes,
    labels: dataset.labels,
    name: (index) => dataset.name(index),
    async picture(index) {
      const known = kept.get(index);
      if (known !== undefined) return known;
      const picture = await dataset.picture(index);
      const size = picture.data.byteLength;
      if (size <= left && !kept.has(index)) {
        left -= size;
        kept.set(index, picture);
      }
      return picture;
    },
    description: dataset.description,
  };
}
