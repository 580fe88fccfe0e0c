import { build } from "esbuild";

/** A TypeScript file and all it imports, from source, as one ES module for a browser. */
export async function bundleEntry(entry: string): Promise<string> {
  const result = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["@efficientnet/source", "browser", "module", "import"],
    sourcemap: "inline",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "silent",
  });
  const file = result.outputFiles[0];
  if (file === undefined) throw new Error(`the bundle of ${entry} is empty`);
  return file.text;
}
