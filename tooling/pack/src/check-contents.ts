import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const MUST_HAVE = ["README.md", "LICENSE", "package.json"];
const MUST_NOT_HAVE = /\.(test|page|scenario)\.|(^|[\\/])(testing|fixtures)[\\/]/;
const TEXT = /\.(c?js|map|json|c?ts|md)$/;

/**
 * What is wrong with an installed package's files: tests or fixtures inside, a missing README or licence,
 * workspace versions left in the manifest, or paths of the machine that built it.
 */
export function checkContents(folder: string, builtAt: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((file) => !file.startsWith("node_modules"));
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  return [
    ...MUST_HAVE.filter((file) => !existsSync(join(folder, file))).map((file) => `${file} is missing`),
    ...files.filter((file) => MUST_NOT_HAVE.test(file)).map((file) => `${file} is only for tests`),
    ...(/"(workspace|catalog):/.test(text("package.json")) ? ["package.json names workspace versions"] : []),
    ...files
      .filter((file) => TEXT.test(file) && text(file).includes(builtAt))
      .map((file) => `${file} names a path of the machine that built it`),
  ].join("\n");
}
