import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
// The inference engine's micro-kernel and arithmetic, at build time alone: neither package imports the other.
import { layoutSource, TILE_ROWS } from "../../wasm/kernels/layout.mjs";
import { tilesSource } from "../../wasm/kernels/tiles.mjs";
import { CONSTANT_BYTES, memorySource, relocateMath } from "./memory.mjs";
import { outerTilesSource } from "./outer-tiles.mjs";
import { planeStripsSource } from "./plane-strips.mjs";

export const BUILDS = /** @type {const} */ ([
  { name: "simd", features: "simd,threads" },
  { name: "relaxed-simd", features: "simd,threads,relaxed-simd" },
]);

/** @typedef {(typeof BUILDS)[number]} Build */

const folder = fileURLToPath(new URL("../assembly/", import.meta.url));
const shared = fileURLToPath(new URL("../../wasm/assembly/math.ts", import.meta.url));

/**
 * Compiles one build. Optimising beyond these passes reorders loads and makes constants that V8 handles badly.
 *
 * @param {Pick<Build, "features">} build
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
    "tiles.ts": tilesSource(TILE_ROWS, false),
  };
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...["index.ts", "--outFile", "kernels.wasm", "--runtime", "stub", "--enable", features],
      ...["--optimizeLevel", "0", "--runPasses", "coalesce-locals,vacuum,reorder-locals,remove-unused-names"],
      ...["--importMemory", "--noExportMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--sharedMemory"],
      ...["--disableWarning", "201"],
    ],
    {
      readFile: (name) => {
        if (name in generated) return generated[name] ?? null;
        return existsSync(folder + name) ? readFileSync(folder + name, "utf8") : null;
      },
      writeFile: (_name, content) => {
        if (typeof content !== "string") binary = content;
      },
      listFiles: () => [],
    },
  );
  if (error !== null || binary === undefined) throw new Error(`${stderr.toString()}${error?.message ?? "no binary"}`);
  return binary;
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
