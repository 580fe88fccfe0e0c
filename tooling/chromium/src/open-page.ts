import { createRequire } from "node:module";
import { dirname } from "node:path";
import { bundleEntry } from "./bundle-entry.js";
import { type OpenedPage, type OpenServedOptions, openServed } from "./open-served.js";

export interface OpenPageOptions extends OpenServedOptions {
  /** TypeScript file to run in the page; it puts functions on `globalThis.api`. */
  readonly entry: string;
  /** TypeScript files of workers by URL path, each bundled like the entry: `{ "/worker.js": "/abs/worker.page.ts" }`. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly crossOriginIsolated?: boolean;
  /** Sent with every answer, a Content-Security-Policy for example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Files and folders the page can fetch, by URL path; `/wasm/` always holds tfjs' binaries. */
  readonly files?: Readonly<Record<string, string>>;
}

const HTML =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/entry.js"></script>';
const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

/**
 * Bundles a TypeScript file from source, serves it from this machine and opens it in a headless Chromium.
 *
 * @throws Error when the entry does not bundle, throws while loading, or puts no `api` there in time.
 */
export async function openPage(options: OpenPageOptions): Promise<OpenedPage> {
  const { entry, scripts = {}, crossOriginIsolated = false, headers = {}, files = {} } = options;
  const pages: Record<string, string> = { "/": HTML };
  for (const [path, script] of Object.entries({ ...scripts, "/entry.js": entry }))
    pages[path] = await bundleEntry(script);
  return openServed({ pages, files: { "/wasm": wasmFolder, ...files }, crossOriginIsolated, headers }, options);
}
