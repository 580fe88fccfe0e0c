// Plain JavaScript: tsup bundles a package's tsup.config.ts, but leaves what that imports to node.
import { appendFileSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "tsup";

/**
 * @typedef {import("tsup").Options} Options
 * @typedef {{
 *   exports: Readonly<Record<string, unknown>>,
 *   bin?: Readonly<Record<string, string>>,
 *   efficientnet?: { selfContained?: readonly string[] },
 * }} Manifest
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
 * @type {(entry: Record<string, string>) => NonNullable<Options["dts"]>}
 */
function declarations(entry) {
  const sources = readdirSync("src", { recursive: true }).filter((path) => String(path).endsWith(".ts"));
  const disposable = sources.some((path) => readFileSync(join("src", String(path)), "utf8").includes("Disposable"));
  return disposable ? { entry, banner: '/// <reference lib="esnext.disposable" />' } : { entry };
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
 * A worker's program: Vite writes workers as scripts that load no other, unless its users say otherwise.
 *
 * @type {Options}
 */
const selfContained = {
  splitting: false,
  noExternal: [/^[^.]/],
  esbuildOptions: (options) => {
    // Chunks of built packages import each other for nothing but their order.
    options.logOverride = { "ignored-bare-import": "silent" };
  },
  plugins: [
    {
      name: "marks ES modules that neither import nor export",
      buildEnd({ writtenFiles }) {
        for (const { name } of writtenFiles) if (name.endsWith(".js")) appendFileSync(name, "\nexport {};\n");
      },
    },
  ],
};

/**
 * The one build preset, driven by the package's own manifest: each export with a source condition becomes an ES
 * module, a CommonJS module and declarations for both; each command becomes an ES module alone. What
 * `efficientnet.selfContained` lists becomes one file with all it imports, in all of its formats.
 */
export function library() {
  /** @type {Manifest} */
  const { exports, bin = {}, efficientnet = {} } = JSON.parse(readFileSync("package.json", "utf8"));
  const alone = efficientnet.selfContained ?? [];
  const sources = sourcesOf(exports);
  const together = sources.filter((file) => !alone.includes(file));
  /** @type {(files: readonly string[]) => Record<string, string>} */
  const entries = (files) => Object.fromEntries(files.map(entryOf));
  const commands = Object.values(bin).map((file) => file.replace(/^(\.\/)?dist\//, "src/").replace(/\.js$/, ".ts"));
  // Builds of one package run side by side, so none of them may clean what another has written.
  rmSync("dist", { recursive: true, force: true });
  /** @type {Options[]} */
  const builds = [
    { ...shared, entry: entries(together), format: ["esm", "cjs"], dts: declarations(entries(sources)) },
    { ...shared, ...selfContained, entry: entries(alone), format: ["esm", "cjs"] },
    { ...shared, entry: entries(commands), format: ["esm"] },
  ];
  return defineConfig(builds.filter((build) => Object.keys(build.entry ?? {}).length > 0));
}
