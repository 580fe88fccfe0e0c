import { isEfficientNetError } from "@efficientnet/errors";
import { readZip } from "../zip/read-zip.js";

/**
 * The labels in the zip file that TensorFlow Lite's metadata appends to a model: the only text file in it with as many
 * lines as the network has classes. Files without such a zip, and damaged ones, have none.
 */
export function liteLabels(bytes: Uint8Array, classes: number): readonly string[] | null {
  const lists = textFiles(bytes)
    .map((text) => text.split(/\r?\n/).map((line) => line.trim()))
    .map((lines) => (lines.at(-1) === "" ? lines.slice(0, -1) : lines))
    .filter((lines) => lines.length === classes);
  return lists.length === 1 ? (lists[0] ?? null) : null;
}

function textFiles(bytes: Uint8Array): readonly string[] {
  try {
    return [...readZip(bytes)]
      .filter(([path]) => path.endsWith(".txt"))
      .map(([, file]) => new TextDecoder().decode(file.read()));
  } catch (error) {
    if (isEfficientNetError(error)) return [];
    throw error;
  }
}
