import { existsSync, readFileSync } from "node:fs";
import asc from "assemblyscript/asc";

export const BUILDS = /** @type {const} */ ([
  { name: "simd", features: "simd,threads" },
  { name: "relaxed-simd", features: "simd,threads,relaxed-simd" },
]);

/** @typedef {(typeof BUILDS)[number]} Build */

/**
 * Compiles one build of `index.ts`. Optimising beyond these passes reorders loads and makes constants that V8 handles
 * badly.
 *
 * @param {string} folder where the sources lie
 * @param {Readonly<Record<string, string>>} generated sources that are made and not kept, by name
 * @param {string} features
 * @param {readonly string[]} [options] further ones of the compiler
 * @returns {Promise<Uint8Array>}
 */
export async function compile(folder, generated, features, options = []) {
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      ...["index.ts", "--outFile", "kernels.wasm", "--runtime", "stub", "--enable", features],
      ...["--optimizeLevel", "0", "--runPasses", "coalesce-locals,vacuum,reorder-locals,remove-unused-names"],
      ...["--importMemory", "--noExportMemory", "--initialMemory", "1", "--maximumMemory", "65536", "--sharedMemory"],
      ...[...options, "--disableWarning", "201"],
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
