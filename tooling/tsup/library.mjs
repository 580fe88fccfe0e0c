// Plain JavaScript: tsup bundles a package's tsup.config.ts, but leaves what that imports to node.
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "tsup";

/**
 * @typedef {import("tsup").Options} Options
 * @typedef {{ exports: Readonly<Record<string, unknown>>, bin?: Readonly<Record<string, string>> }} Manifest
 */

const SOURCE = "@efficientnet/source";

/**
 * Every file that `exports` offers under the source condition, however deep its other conditions go.
 *
 * @type {(exported: unknown) => string[]}
 */
function sourcesOf(exported) {
  if (typeof exported !== "object" || exported === null) return [];
  return Object.entries(exported).flatMap(([condition, value]) =>
    condition === SOURCE && typeof value === "string" ? [value] : sourcesOf(value),
  );
}

/**
 * `./src/node/index.ts` is built to `dist/node/index.js`, `.cjs`, `.d.ts` and `.d.cts`.
 *
 * @type {(path: string) => [name: string, path: string]}
 */
function entryOf(path) {
  return [path.replace(/^(\.\/)?src\//, "").replace(/\.ts$/, ""), path];
}

/**
 * Declarations that name `Disposable` bring the part of TypeScript's library that has it, which is newer than the one
 * their users may have set.
 *
 * @type {() => NonNullable<Options["dts"]>}
 */
function declarations() {
  const sources = readdirSync("src", { recursive: true }).filter((path) => String(path).endsWith(".ts"));
  const disposable = sources.some((path) => readFileSync(join("src", String(path)), "utf8").includes("Disposable"));
  return disposable ? { banner: '/// <reference lib="esnext.disposable" />' } : true;
}

/** @type {Options} */
const shared = {
  target: "es2022",
  platform: "neutral",
  external: [/^node:/],
  removeNodeProtocol: false,
  sourcemap: true,
  splitting: true,
  // import.meta.url, by which files beside a module are found, exists in CommonJS as well.
  shims: true,
  // Rollup then writes the CommonJS files; without it tsup lowers them to 2019 and puts absolute paths in their maps.
  treeshake: true,
};

/**
 * The one build preset, driven by the package's own manifest: each export with a source condition becomes an ES
 * module, a CommonJS module and declarations for both; each command becomes an ES module alone.
 */
export function library() {
  /** @type {Manifest} */
  const { exports, bin = {} } = JSON.parse(readFileSync("package.json", "utf8"));
  const entry = Object.fromEntries(sourcesOf(exports).map(entryOf));
  const commands = Object.values(bin).map((file) => file.replace(/^(\.\/)?dist\//, "src/").replace(/\.js$/, ".ts"));
  // Builds of one package run side by side, so none of them may clean what another has written.
  rmSync("dist", { recursive: true, force: true });
  /** @type {Options[]} */
  const builds = [
    { ...shared, entry, format: ["esm", "cjs"], dts: declarations() },
    { ...shared, entry: Object.fromEntries(commands.map(entryOf)), format: ["esm"] },
  ];
  return defineConfig(builds.filter((build) => Object.keys(build.entry ?? {}).length > 0));
}
