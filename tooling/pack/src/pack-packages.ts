import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { node } from "./command.js";

export interface Tarball {
  readonly name: string;
  readonly version: string;
  /** Commands the package installs. */
  readonly commands: readonly string[];
  readonly path: string;
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly bin?: Readonly<Record<string, string>>;
}

const pnpm = join(createRequire(import.meta.url).resolve("pnpm"), "../bin/pnpm.cjs");

async function packPackage(folder: string, { name, version, bin = {} }: Manifest, into: string): Promise<Tarball> {
  if (!existsSync(join(folder, "dist"))) throw new Error(`${name} is not built\n  hint: npm run build`);
  const { code, output } = await node([pnpm, "pack", "--pack-destination", into], folder);
  const path = join(into, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  if (code !== 0 || !existsSync(path)) throw new Error(`pnpm pack of ${name} failed\n${output}`);
  return { name, version, commands: Object.keys(bin), path };
}

/** Packs every public package under a folder as it would be published. */
export async function packPackages(packages: string, into: string): Promise<readonly Tarball[]> {
  mkdirSync(into, { recursive: true });
  const tarballs: Tarball[] = [];
  for (const entry of readdirSync(packages)) {
    const folder = join(packages, entry);
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Manifest;
    if (manifest.private !== true) tarballs.push(await packPackage(folder, manifest, into));
  }
  return tarballs;
}
