import { readdir, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { EfficientNetError } from "@efficientnet/errors";

/** A picture that shows what a label means. */
export interface ExampleFile {
  readonly label: string;
  readonly path: string;
}

const PICTURES: ReadonlySet<string> = new Set(".avif .bmp .gif .jfif .jpeg .jpg .png .svg .tif .tiff .webp".split(" "));

/**
 * The pictures of a folder that has one folder for each class: `folder/cat/1.jpg` is labelled `cat`. Hidden files are
 * passed over, and files that are no pictures by their name.
 *
 * @throws `wrong-file` when the folder is absent, has no folders, or one of them has no pictures.
 */
export async function findExamples(folder: string): Promise<readonly ExampleFile[]> {
  const classes: string[] = [];
  for (const name of await list(folder)) if ((await stat(join(folder, name))).isDirectory()) classes.push(name);
  if (classes.length === 0) {
    throw new EfficientNetError("wrong-file", `${folder} holds no folders`, {
      expected: `one folder for each class with its pictures inside: ${join(folder, "cat", "1.jpg")}`,
    });
  }
  const examples: ExampleFile[] = [];
  for (const label of classes) examples.push(...(await picturesOf(join(folder, label), label)));
  return examples;
}

async function picturesOf(folder: string, label: string): Promise<readonly ExampleFile[]> {
  const names = (await list(folder)).filter((name) => PICTURES.has(extname(name).toLowerCase()));
  if (names.length > 0) return names.map((name) => ({ label, path: join(folder, name) }));
  throw new EfficientNetError("wrong-file", `${folder} holds no pictures`, {
    expected: `files ending in ${[...PICTURES].join(", ")}`,
    hint: "every folder there is a class; move away what is none",
  });
}

/** In the same order on every machine. */
async function list(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith(".")).sort();
  } catch (cause) {
    throw new EfficientNetError("wrong-file", `the folder ${folder} cannot be read`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
