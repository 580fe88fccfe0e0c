import type { Picture, PictureSource } from "@efficientnet/preprocess";

/**
 * Labelled pictures, numbered from 0. Anything that answers these questions can be trained on; a picture is asked for
 * when a batch needs it, and may be asked for again.
 */
export interface Dataset {
  readonly classes: readonly string[];
  /** The class of each picture, as an index of `classes`. Its length is the number of pictures. */
  readonly labels: ArrayLike<number>;
  /** What messages call a picture. */
  name(index: number): string;
  /** The decoded picture; rejects with `bad-image` where there is none, which skips it. */
  picture(index: number): Promise<Picture>;
  /** How a worker makes the same dataset. Without one, pictures are prepared where the dataset is. */
  readonly description?: DatasetDescription | undefined;
}

/** Classes, and a label for each picture. */
export interface Labelled {
  readonly classes: readonly string[];
  readonly labels: ArrayLike<number>;
}

/**
 * A dataset as data that can be sent to another thread.
 *
 * - `pictures`: the pictures themselves, or the undecoded files.
 * - `files`: paths on this machine.
 * - `module`: the default export of a module, called with `argument`.
 * - `own`: the dataset that the worker brings along.
 * - `subset`: some pictures of another one.
 */
export type DatasetDescription =
  | (Labelled & {
      readonly kind: "pictures";
      readonly pictures: readonly PictureSource[];
      readonly names: readonly string[];
    })
  | (Labelled & { readonly kind: "files"; readonly folder: string; readonly names: readonly string[] })
  | { readonly kind: "module"; readonly url: string; readonly argument: unknown }
  | { readonly kind: "own" }
  | { readonly kind: "subset"; readonly of: DatasetDescription; readonly indices: Uint32Array };

/** How a worker makes this dataset: by its description, or because it has the dataset already. */
export const describeDataset = ({ description }: Dataset): DatasetDescription => description ?? { kind: "own" };

/** Whether any worker can make the dataset, not only one that brings it along. */
export function isSelfContained(description: DatasetDescription): boolean {
  return description.kind === "subset" ? isSelfContained(description.of) : description.kind !== "own";
}
