import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { root } from "../../start/run.mjs";

interface Conditions {
  readonly "@efficientnet/source"?: string;
}

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly efficientnet: { readonly layer: number };
  readonly exports?: Readonly<Record<string, Conditions | string>>;
}

/** A door into a package: `@efficientnet/backends/wasm`. */
export interface Entry {
  readonly specifier: string;
  /** Its source file, from the package's folder, with forward slashes: `src/wasm.ts`. */
  readonly source: string;
}

/** A package of `packages/`, as its manifest states it. */
export interface PublishedPackage {
  /** From the repository's folder, with forward slashes: `packages/specs`. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly layer: number;
  readonly entries: readonly Entry[];
}

function readPackage(folder: string): PublishedPackage {
  const { name, description, efficientnet, exports } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  ) as Manifest;
  const entries = Object.entries(exports ?? {}).flatMap(([door, conditions]) => {
    const source = typeof conditions === "string" ? undefined : conditions["@efficientnet/source"];
    return source === undefined ? [] : [{ specifier: posix.join(name, door), source: posix.normalize(source) }];
  });
  return { folder, name, description, layer: efficientnet.layer, entries };
}

/** Every package that people import or run, from the bottom layer up, by name within a layer. */
export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(root, "packages"))
    .map((name) => readPackage(`packages/${name}`))
    .sort((a, b) => a.layer - b.layer || a.name.localeCompare(b.name));
}
