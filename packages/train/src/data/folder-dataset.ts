import { join, resolve } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";
import { pictureFromFile } from "@efficientnet/preprocess/node";
import { checkLabels } from "./check-dataset.js";
import type { Dataset, DatasetDescription } from "./dataset.js";
import { listFolder, listPictures } from "./list-pictures.js";

/** Which files are pictures. */
export interface FolderDatasetOptions {
  /** Endings, with their dots, in any case; those of the formats that sharp reads by default. */
  readonly extensions?: readonly string[] | undefined;
}

const EXTENSIONS = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".tif", ".tiff", ".bmp"];

/**
 * A dataset from a folder that has one folder of pictures for each class: classes and pictures in the order of their
 * names, pictures in nested folders included, hidden files left out. Files are only listed; what cannot be decoded is
 * skipped, and named by the pipeline, when a batch needs it. Names are paths from the folder.
 *
 * @throws `invalid-argument` for a folder that is absent or cannot be read, has fewer than two classes, or a class
 * without pictures.
 */
export async function folderDataset(folder: string, options: FolderDatasetOptions = {}): Promise<Dataset> {
  const { extensions = EXTENSIONS } = options;
  const { folders: classes, files } = await listFolder(folder);
  if (classes.length === 0) {
    throw new EfficientNetError("invalid-argument", `${folder} has no folders, so it has no classes`, {
      expected: "one folder of pictures for each class",
      received: files.length === 0 ? "an empty folder" : `files, of which the first is ${files[0]}`,
    });
  }
  const endings = new Set(extensions.map((extension) => extension.toLowerCase()));
  const members = await Promise.all(classes.map((name) => listPictures(join(folder, name), endings)));
  const empty = classes.filter((_, label) => members[label]!.length === 0);
  if (empty.length > 0) {
    throw new EfficientNetError("invalid-argument", `${empty.length} of ${classes.length} classes have no pictures`, {
      expected: `files ending in ${extensions.join(", ")}`,
      received: `none in ${empty.slice(0, 5).join(", ")}${empty.length > 5 ? ", ..." : ""}`,
    });
  }
  const labels = members.flatMap((names, label) => names.map(() => label));
  checkLabels({ classes, labels });
  const names = members.flatMap((list, label) => list.map((name) => `${classes[label]}/${name}`));
  return openFiles({ kind: "files", folder: resolve(folder), classes, labels, names });
}

/** The dataset of files that are listed already. */
export function openFiles(files: Extract<DatasetDescription, { kind: "files" }>): Dataset {
  const { classes, labels, folder, names } = files;
  return {
    classes,
    labels,
    name: (index) => names[index]!,
    picture: (index) => pictureFromFile(join(folder, names[index]!)),
    description: files,
  };
}
