import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

export interface Bundle {
  /** Bytes that load with the page: the entry and what it imports statically, minified, each file after gzip -9. */
  readonly eagerBytes: number;
  /** Bytes of every file that may ever load, those that load on demand included. */
  readonly allBytes: number;
  /** Every file that went in, from the working directory. */
  readonly inputs: readonly string[];
  /** Packages that stayed outside, as the bundle imports them. */
  readonly imports: readonly string[];
}

const ENTRY = "entry.js";

/**
 * The entry, and every output file that its imports of these kinds lead to. esbuild also writes files for imports on demand in
 * code that it left out; nothing leads to those.
 */
function filesFromEntry(
  outputs: ReadonlyMap<string, Metafile["outputs"][string]>,
  kinds: readonly string[],
): ReadonlySet<string> {
  const found = new Set<string>();
  const visit = (name: string) => {
    const output = outputs.get(name);
    if (output === undefined || found.has(name)) return;
    found.add(name);
    for (const { kind, path } of output.imports) if (kinds.includes(kind)) visit(basename(path));
  };
  visit(ENTRY);
  return found;
}

/** What a page pays for importing all of a package, from source; tfjs and optional peers stay outside. */
export async function measureBundle(name: string): Promise<Bundle> {
  const result = await build({
    stdin: {
      contents: `export * from "${name}";`,
      resolveDir: fileURLToPath(new URL(".", import.meta.url)),
      loader: "ts",
    },
    bundle: true,
    write: false,
    minify: true,
    splitting: true,
    outdir: "bundle",
    entryNames: "entry",
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@efficientnet/source"],
    external: ["@tensorflow/*", "sharp", "webgpu", "node:*"],
    metafile: true,
    logLevel: "silent",
  });
  const outputs = new Map(Object.entries(result.metafile.outputs).map(([path, output]) => [basename(path), output]));
  const eager = filesFromEntry(outputs, ["import-statement"]);
  const all = filesFromEntry(outputs, ["import-statement", "dynamic-import"]);
  const reached = [...outputs].filter(([name]) => all.has(name)).map(([, output]) => output);
  const sizes = result.outputFiles.map(({ path, contents }) => ({
    name: basename(path),
    bytes: gzipSync(contents, { level: 9 }).length,
  }));
  const sum = (files: typeof sizes) => files.reduce((total, { bytes }) => total + bytes, 0);
  return {
    eagerBytes: sum(sizes.filter((file) => eager.has(file.name))),
    allBytes: sum(sizes.filter((file) => all.has(file.name))),
    inputs: reached.flatMap(({ inputs }) => Object.keys(inputs)),
    imports: reached.flatMap(({ imports }) => imports.filter((one) => one.external)).map(({ path }) => path),
  };
}
