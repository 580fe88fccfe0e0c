import { createRequire } from "node:module";
import { dirname } from "node:path";
import type { Browser, Page } from "playwright-core";
import { bundleEntry } from "./bundle-entry.js";
import { type LaunchOptions, launchChromium } from "./launch-chromium.js";
import { serve } from "./serve.js";

export interface OpenPageOptions extends LaunchOptions {
  /** TypeScript file to run in the page; it puts functions on `globalThis.api`. */
  readonly entry: string;
  /** TypeScript files of workers by URL path, each bundled like the entry: `{ "/worker.js": "/abs/worker.page.ts" }`. */
  readonly scripts?: Readonly<Record<string, string>>;
  readonly crossOriginIsolated?: boolean;
  /** Sent with every answer, a Content-Security-Policy for example. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Files and folders the page can fetch, by URL path; `/wasm/` always holds tfjs' binaries. */
  readonly files?: Readonly<Record<string, string>>;
  /** A browser to open the page in; without it the page has one of its own, closed with it. */
  readonly browser?: Browser;
  /** Called for console errors and uncaught errors; they also gather in `errors`. */
  readonly onError?: (message: string) => void;
  /** Milliseconds for the entry to load and put `api` there; 120 000 unless told. */
  readonly timeout?: number;
}

export interface OpenedPage {
  readonly page: Page;
  /** `http://127.0.0.1:PORT` of the page. */
  readonly url: string;
  /** Console errors and uncaught errors so far. */
  readonly errors: readonly string[];
  /**
   * Calls `globalThis.api[name]` in the page. Arguments and the result are JSON, and typed arrays (base64 on the
   * wire); megabytes are better served by `files` and fetched there.
   */
  call<T>(name: string, ...args: readonly unknown[]): Promise<T>;
  close(): Promise<void>;
}

const HTML =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="/entry.js"></script>';
const wasmFolder = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"));

type Api = Readonly<Record<string, ((...args: readonly unknown[]) => unknown) | undefined>>;

async function waitForApi(page: Page, url: string, timeout: number): Promise<void> {
  const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
  failed.catch(() => undefined);
  await page.goto(url, { timeout });
  await Promise.race([page.waitForFunction(() => "api" in globalThis, undefined, { timeout }), failed]);
}

/**
 * Bundles a TypeScript file from source, serves it from this machine and opens it in a headless Chromium.
 *
 * @throws Error when the entry does not bundle, throws while loading, or puts no `api` there in time.
 */
export async function openPage(options: OpenPageOptions): Promise<OpenedPage> {
  const {
    entry,
    scripts = {},
    crossOriginIsolated = false,
    headers = {},
    files = {},
    onError = () => undefined,
    timeout = 120_000,
  } = options;
  const errors: string[] = [];
  const report = (message: string) => {
    errors.push(message);
    onError(message);
  };
  const pages: Record<string, string> = { "/": HTML };
  for (const [path, script] of Object.entries({ ...scripts, "/entry.js": entry }))
    pages[path] = await bundleEntry(script);
  const served = await serve({ pages, files: { "/wasm": wasmFolder, ...files }, crossOriginIsolated, headers });
  const closers: (() => Promise<unknown>)[] = [served.close];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const browser = options.browser ?? (await launchChromium(options));
    if (options.browser === undefined) closers.push(() => browser.close());
    const page = await browser.newPage();
    closers.push(() => page.close());
    page.on("pageerror", (error) => report(error.stack ?? error.message));
    page.on("console", (message) => {
      if (message.type() === "error") report(message.text());
    });
    await waitForApi(page, served.url, timeout);
    const call = <T>(name: string, ...args: readonly unknown[]) =>
      page.evaluate(
        ({ name, args }) => {
          const { api } = globalThis as unknown as { api: Api };
          const verb = api[name];
          if (verb === undefined) throw new Error(`the page has no api.${name}; it has ${Object.keys(api).join(", ")}`);
          return verb(...args);
        },
        { name, args },
      ) as Promise<T>;
    return { page, url: served.url, errors, call, close };
  } catch (error) {
    await close();
    throw error;
  }
}
