import { EfficientNetError } from "@efficientnet/errors";
import { readText } from "./read-text.js";

/**
 * Class names from a file: a JSON array of strings, or text with one name a line, in the order of the classes.
 *
 * @throws `wrong-file` when a name is missing or is no text.
 */
export async function readLabels(path: string): Promise<readonly string[]> {
  const text = await readText(path, "labels file");
  const labels = text.trimStart().startsWith("[") ? parseJson(path, text) : parseLines(text);
  if (labels.length === 0) throw new EfficientNetError("wrong-file", `${path} holds no labels`);
  const bad = labels.findIndex((label) => typeof label !== "string" || label === "");
  if (bad < 0) return labels as readonly string[];
  throw new EfficientNetError("wrong-file", `label ${bad + 1} of ${path} is ${JSON.stringify(labels[bad])}`, {
    expected: "a name for every class, in order: one a line, or a JSON array of strings",
  });
}

function parseLines(text: string): readonly string[] {
  const lines = text.trimEnd().split(/\r?\n/);
  return lines.join("") === "" ? [] : lines.map((line) => line.trim());
}

function parseJson(path: string, text: string): readonly unknown[] {
  try {
    return JSON.parse(text) as readonly unknown[];
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `${path} begins like a JSON array and is none`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
