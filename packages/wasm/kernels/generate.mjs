import { fileURLToPath } from "node:url";
import { BUILDS, compile } from "./compile.mjs";
import { ACTIVATIONS, CONTROL, layoutSource, RESERVED_BYTES, STEP_FIELDS, STEP_KINDS, TILE_ROWS } from "./layout.mjs";
import { allStripsSource } from "./strips.mjs";
import { tilesSource } from "./tiles.mjs";

const folder = fileURLToPath(new URL("../assembly/", import.meta.url));

/**
 * @param {Pick<import("./compile.mjs").Build, "features">} build
 * @returns {Promise<Uint8Array>}
 */
export async function compileKernels({ features }) {
  /** @type {Readonly<Record<string, string>>} */
  const generated = {
    "layout.ts": layoutSource(),
    "tiles.ts": tilesSource(TILE_ROWS),
    "strips.ts": allStripsSource(),
  };
  return compile(folder, generated, features, ["--memoryBase", String(RESERVED_BYTES)]);
}

/** The module that the package imports: both binaries and the numbers that host and kernels share. */
export async function generateKernels() {
  const binaries = [];
  for (const build of BUILDS) {
    const base64 = Buffer.from(await compileKernels(build)).toString("base64");
    binaries.push(`  "${build.name}": "${base64}",`);
  }
  const list = (/** @type {readonly string[]} */ names) => JSON.stringify(names);
  return [
    "// Compiled from assembly/ by kernels/build.mjs; do not edit.",
    `export const STEP_FIELDS = ${list(STEP_FIELDS)} as const;`,
    `export const STEP_KINDS = ${list(STEP_KINDS)} as const;`,
    `export const ACTIVATIONS = ${list(ACTIVATIONS)} as const;`,
    `export const CONTROL = ${JSON.stringify(CONTROL)} as const;`,
    `export const TILE_ROWS = ${TILE_ROWS};`,
    `export const RESERVED_BYTES = ${RESERVED_BYTES};`,
    `export const KERNELS: Readonly<Record<${BUILDS.map(({ name }) => JSON.stringify(name)).join(" | ")}, string>> = {`,
    ...binaries,
    "};",
    "",
  ].join("\n");
}
