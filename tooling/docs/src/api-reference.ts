import { join } from "node:path";
import { Application } from "typedoc";
import { root } from "../../start/run.mjs";
import { publishedPackages } from "./published-packages.js";

/**
 * Writes the API reference of every package into a folder, from the TSDoc of its exports.
 *
 * @throws Error when the sources cannot be read.
 */
export async function writeApiReference(folder: string): Promise<void> {
  const app = await Application.bootstrap({
    name: "EfficientNet",
    entryPoints: publishedPackages().flatMap(({ entries }) => entries.map((entry) => join(root, entry))),
    tsconfig: join(root, "tooling/typescript/all.json"),
    basePath: join(root, "packages"),
    displayBasePath: join(root, "packages"),
    readme: join(root, "README.md"),
    // Types have a check of their own.
    skipErrorChecking: true,
    disableGit: true,
    sourceLinkTemplate: "",
    disableSources: true,
    excludePrivate: true,
    logLevel: "Error",
    validation: false,
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("typedoc could not read the sources");
  await app.generateDocs(project, folder);
}
