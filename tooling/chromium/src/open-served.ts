import type { Browser, Page } from "playwright-core";
import { type LaunchOptions, launchChromium } from "./launch-chromium.js";
import { type ServeOptions, serve } from "./serve.js";

export interface OpenServedOptions extends LaunchOptions {
  /** A browser to open the page in; without it the page has one of its own, closed with it. */
  readonly browser?: Browser;
  /** Called for console errors and uncaught errors; they also gather in `errors`. */
  readonly onError?: (message: string) => void;
  /** Milliseconds for the page to put `api` there; 120 000 unless told. */
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

type Api = Readonly<Record<string, ((...args: readonly unknown[]) => unknown) | undefined>>;

async function waitForApi(page: Page, url: string, timeout: number): Promise<void> {
  const failed = new Promise<never>((_, reject) => page.once("pageerror", reject));
  failed.catch(() => undefined);
  await page.goto(url, { timeout });
  await Promise.race([page.waitForFunction(() => "api" in globalThis, undefined, { timeout }), failed]);
}

/**
 * Serves a page from this machine, which puts functions on `globalThis.api`, and opens it in a headless Chromium.
 *
 * @throws Error when the page throws while loading, or puts no `api` there in time.
 */
export async function openServed(serving: ServeOptions, options: OpenServedOptions = {}): Promise<OpenedPage> {
  const { onError = () => undefined, timeout = 120_000 } = options;
  const errors: string[] = [];
  const report = (message: string) => {
    errors.push(message);
    onError(message);
  };
  const served = await serve(serving);
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
