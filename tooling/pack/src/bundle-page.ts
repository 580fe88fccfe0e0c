import { cpSync } from "node:fs";
import { join } from "node:path";
import { build as buildWithEsbuild } from "esbuild";
import { build as buildWithVite } from "vite";

/** Writes the consumer's page as a bundler does that its users have not configured. */
type BundlePage = (consumer: string, into: string) => Promise<void>;

export const BUNDLERS: Readonly<Record<"Vite" | "esbuild", BundlePage>> = {
  async Vite(consumer, into) {
    await buildWithVite({
      root: join(consumer, "web"),
      configFile: false,
      logLevel: "error",
      build: { outDir: into, emptyOutDir: true },
    });
  },

  async esbuild(consumer, into) {
    const { metafile } = await buildWithEsbuild({
      absWorkingDir: consumer,
      // esbuild looks for no workers: each is an entry, beside the page's.
      entryPoints: {
        page: "web/page.js",
        "own-worker": "web/own-worker.js",
        "wasm-worker": "efficientnet/wasm/worker",
      },
      outdir: into,
      bundle: true,
      format: "esm",
      logLevel: "error",
      metafile: true,
    });
    const tfjs = Object.keys(metafile.inputs).filter((path) => path.includes("@tensorflow/"));
    if (tfjs.length > 0) throw new Error(`efficientnet/wasm brings tfjs into a bundle\n  received: ${tfjs[0]}`);
    cpSync(join(consumer, "web/index.html"), join(into, "index.html"));
  },
};
