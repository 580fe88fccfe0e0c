import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { BUILDS, compile } from "../../wasm/kernels/compile.mjs";
// The inference engine's micro-kernel and arithmetic, at build time alone: neither package imports the other.
import { layoutSource, TILE_ROWS } from "../../wasm/kernels/layout.mjs";
import { tilesSource } from "../../wasm/kernels/tiles.mjs";
import { CONSTANT_BYTES, memorySource, relocateMath } from "./memory.mjs";
import { outerTilesSource } from "./outer-tiles.mjs";
import { planeStripsSource } from "./plane-strips.mjs";

const folder = fileURLToPath(new URL("../assembly/", import.meta.url));
const shared = fileURLToPath(new URL("../../wasm/assembly/math.ts", import.meta.url));

/**
 * @param {Pick<import("../../wasm/kernels/compile.mjs").Build, "features">} build
 * @returns {Promise<Uint8Array>}
 */
export async function compileKernels({ features }) {
  /** @type {Readonly<Record<string, string>>} */
  const generated = {
    "layout.ts": layoutSource(),
    "math.ts": relocateMath(readFileSync(shared, "utf8")),
    "memory.ts": memorySource(),
    "outer-tiles.ts": outerTilesSource(TILE_ROWS),
    "plane-strips.ts": planeStripsSource(),
    "tiles.ts": tilesSource(TILE_ROWS),
  };
  return compile(folder, generated, features);
}

/** The module that the package imports: both binaries. */
export async function generateKernels() {
  const binaries = [];
  for (const build of BUILDS) {
    const base64 = Buffer.from(await compileKernels(build)).toString("base64");
    binaries.push(`  "${build.name}": "${base64}",`);
  }
  return [
    "// Compiled from assembly/ by kernels/build.mjs; do not edit.",
    `export const CONSTANT_BYTES = ${CONSTANT_BYTES};`,
    `export const KERNELS: Readonly<Record<${BUILDS.map(({ name }) => JSON.stringify(name)).join(" | ")}, string>> = {`,
    ...binaries,
    "};",
    "",
  ].join("\n");
}
