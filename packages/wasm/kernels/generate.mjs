import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";
import { ACTIVATIONS, CONTROL, layoutSource, RESERVED_BYTES, STEP_FIELDS, STEP_KINDS, TILE_ROWS } from "./layout.mjs";
import { allStripsSource } from "./strips.mjs";
import { tilesSource } from "./tiles.mjs";

export const BUILDS = /** @type {const} */ ([
  { name: "simd", features: "simd,threads" },
  { name: "relaxed-simd", features: "simd,threads,relaxed-simd" },
]);

/** @typedef {(typeof BUILDS)[number]} Build */

const folder = fileURLToPath(new URL("../assembly/", import.meta.url));

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
    "tiles.ts": tilesSource(TILE_ROWS, true),
    "strips.ts": allStripsSource(),
  };
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...["index.ts", "--outFile", "kernels.wasm", "--runtime", "stub", "--enable", features],
      ...["--optimizeLevel", "0", "--runPasses", "coalesce-locals,vacuum,reorder-locals,remove-unused-names"],
      ...["--importMemory", "--noExportMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--sharedMemory"],
      ...["--memoryBase", String(RESERVED_BYTES), "--disableWarning", "201"],
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
