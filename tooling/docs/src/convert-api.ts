import { join } from "node:path";
import { Application, type ProjectReflection } from "typedoc";
import { root } from "../../start/run.mjs";
import { type PublishedPackage, publishedPackages } from "./published-packages.js";

export interface ConvertedApi {
  readonly app: Application;
  /** Its children are the packages' doors, named as one imports them. */
  readonly project: ProjectReflection;
}

/**
 * What the packages export, with their TSDoc, as typedoc sees it.
 *
 * @throws Error when the sources cannot be read.
 */
export async function convertApi(): Promise<ConvertedApi> {
  const packages = publishedPackages();
  const folder = join(root, "packages");
  const app = await Application.bootstrap({
    name: "EfficientNet",
    entryPoints: packages.flatMap((one) => one.entries.map(({ source }) => join(root, one.folder, source))),
    tsconfig: join(root, "tooling/typescript/all.json"),
    basePath: folder,
    readme: join(root, "README.md"),
    // Types have a check of their own, and links to sources need a host.
    skipErrorChecking: true,
    disableSources: true,
    disableGit: true,
    logLevel: "Error",
  });
  const project = await app.convert();
  if (project === undefined) throw new Error("typedoc could not read the sources");
  const specifiers = new Map(packages.flatMap(moduleNames));
  for (const module of project.children ?? []) module.name = specifiers.get(module.name) ?? module.name;
  return { app, project };
}

/** typedoc calls a module by its path: `backends/src/wasm`, and `backends/src` for an index. */
function moduleNames({ folder, entries }: PublishedPackage): readonly (readonly [string, string])[] {
  const name = (source: string) => `${folder.replace(/^packages\//, "")}/${source.replace(/(\/index)?\.ts$/, "")}`;
  return entries.map(({ specifier, source }) => [name(source), specifier]);
}
