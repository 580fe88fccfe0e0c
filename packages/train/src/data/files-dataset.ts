import { EfficientNetError } from "@efficientnet/errors";
import { arrayDataset } from "./array-dataset.js";
import type { Dataset } from "./dataset.js";

/** A picture file and where it lies: the folder of its class first. */
interface PlacedFile {
  readonly path: string;
  readonly file: File;
}

/**
 * A dataset from a folder that was chosen in a page, with one folder of pictures for each class: the files of an
 * `<input type="file" webkitdirectory>`, or the handle that `showDirectoryPicker()` gives. Classes and pictures come in
 * the order of their names, nested folders included; hidden files and other types are left out. A picture is decoded
 * when a batch needs it.
 *
 * @throws `invalid-argument` where fewer than two folders have pictures.
 */
export async function filesDataset(source: Iterable<File> | FileSystemDirectoryHandle): Promise<Dataset> {
  const placed = isFolder(source) ? await walk(source, "") : listed(source as Iterable<File>);
  const pictures = placed
    .filter(({ path, file }) => file.type.startsWith("image/") && !path.split("/").some((name) => name.startsWith(".")))
    .map(({ path, file }) => ({ path, file, inClass: path.includes("/") ? path.slice(0, path.indexOf("/")) : "" }))
    .filter(({ inClass }) => inClass !== "")
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const classes = [...new Set(pictures.map(({ inClass }) => inClass))].sort();
  if (classes.length < 2) {
    throw new EfficientNetError("invalid-argument", `${classes.length} folders have pictures`, {
      expected: "one folder of pictures for each of at least two classes",
      received: `${placed.length} files, ${pictures.length} of them pictures in folders`,
    });
  }
  return arrayDataset({
    classes,
    labels: pictures.map(({ inClass }) => classes.indexOf(inClass)),
    pictures: pictures.map(({ file }) => file),
    names: pictures.map(({ path }) => path),
  });
}

/** Not every version of TypeScript's library knows that a folder can be read. */
type Folder = FileSystemDirectoryHandle & { entries(): AsyncIterable<readonly [string, FileSystemHandle]> };

const isFolder = (source: Iterable<File> | FileSystemDirectoryHandle): source is Folder => !(Symbol.iterator in source);

/** A path from an input begins with the folder that was chosen. */
function listed(files: Iterable<File>): readonly PlacedFile[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath.split("/").slice(1).join("/") }));
}

async function walk(folder: Folder, prefix: string): Promise<readonly PlacedFile[]> {
  const found: PlacedFile[] = [];
  for await (const [name, handle] of folder.entries()) {
    const path = `${prefix}${name}`;
    if (handle.kind === "directory") found.push(...(await walk(handle as Folder, `${path}/`)));
    else found.push({ path, file: await (handle as FileSystemFileHandle).getFile() });
  }
  return found;
}
