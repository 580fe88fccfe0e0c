import { defineConfig, type Options } from "tsup";

/** The one build preset: ESM first, CJS too, declarations for both. Packages only name their entries. */
export function library(options: Pick<Options, "entry" | "external" | "banner"> = {}) {
  return defineConfig({
    entry: ["src/index.ts"],
    format: ["esm", "cjs"],
    target: "es2022",
    platform: "neutral",
    dts: true,
    sourcemap: true,
    clean: true,
    treeshake: true,
    splitting: true,
    ...options,
  });
}
