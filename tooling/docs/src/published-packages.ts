import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../start/run.mjs";

type Conditions = Readonly<Record<string, unknown>>;

interface Manifest {
  readonly name: string;
  readonly description: string;
  readonly efficientnet: { readonly layer: number };
  readonly exports: Readonly<Record<string, Conditions | string>>;
}

/** A package of `packages/`, as its manifest states it. */
export interface PublishedPackage {
  /** From the repository's folder, with forward slashes: `packages/specs`. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly layer: number;
  /** The source files behind its exports, from the repository's folder. */
  readonly entries: readonly string[];
}

function readPackage(folder: string): PublishedPackage {
  const { name, description, efficientnet, exports } = JSON.parse(
    readFileSync(join(root, folder, "package.json"), "utf8"),
  ) as Manifest;
  const sources = Object.values(exports).flatMap((door) =>
    typeof door === "string" ? [] : door["@efficientnet/source"],
  );
  return {
    folder,
    name,
    description,
    layer: efficientnet.layer,
    entries: sources.map((path) => join(folder, `${path}`)),
  };
}

/** Every package that people import or run, from the bottom layer up, by name within a layer. */
export function publishedPackages(): readonly PublishedPackage[] {
  return readdirSync(join(root, "packages"))
    .map((name) => readPackage(`packages/${name}`))
    .sort((a, b) => a.layer - b.layer || a.name.localeCompare(b.name));
}
