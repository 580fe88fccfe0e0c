import { gzipSync } from "node:zlib";
import { build } from "esbuild";

export interface Bundle {
  /** Bytes of the minified ES module after gzip -9. */
  readonly gzipBytes: number;
  /** Every file that went in, from the repository's folder. */
  readonly inputs: readonly string[];
  /** Packages that stayed outside, as the bundle imports them. */
  readonly imports: readonly string[];
}

/** What a page pays for importing all of a package, from source; tfjs and optional peers stay outside. */
export async function measureBundle(name: string): Promise<Bundle> {
  const result = await build({
    stdin: { contents: `export * from "${name}";`, resolveDir: import.meta.dirname, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@efficientnet/source"],
    external: ["@tensorflow/*", "sharp", "webgpu", "node:*"],
    metafile: true,
    logLevel: "silent",
  });
  const code = result.outputFiles[0]?.contents ?? new Uint8Array();
  const outside = Object.values(result.metafile.outputs).flatMap(({ imports }) => imports);
  return {
    gzipBytes: gzipSync(code, { level: 9 }).length,
    inputs: Object.keys(result.metafile.inputs),
    imports: outside.map(({ path }) => path),
  };
}
