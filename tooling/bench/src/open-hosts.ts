import { fileURLToPath } from "node:url";
import type { BackendName } from "@efficientnet/backends";
import { openPage, type Webgl } from "@efficientnet-tooling/chromium";
import { runsInBrowser } from "./engine.js";
import { forkContestant, type Host } from "./fork-contestant.js";

/** Where the contestants of one backend run. */
export interface Hosts {
  /** The host for one more contestant. */
  next(): Host;
  end(): Promise<void>;
}

/** In Node a process for each contestant; in the browser one page for all, since hidden pages are slowed down. */
export async function openHosts(backend: BackendName, webgl: Webgl): Promise<Hosts> {
  if (runsInBrowser(backend)) {
    const page = await openPageHost(webgl);
    return { next: () => page, end: page.end };
  }
  const forked: Host[] = [];
  return {
    next() {
      const host = forkContestant();
      forked.push(host);
      return host;
    },
    async end() {
      await Promise.all(forked.map((host) => host.end()));
    },
  };
}

async function openPageHost(webgl: Webgl): Promise<Host> {
  const entry = fileURLToPath(new URL("page.ts", import.meta.url));
  // Isolated pages have the finer clock.
  const page = await openPage({ entry, webgl, crossOriginIsolated: true });
  return {
    open: (engine, task) => page.call("open", engine, task),
    answer: (engine) => page.call("answer", engine),
    time: (engine, count) => page.call("time", engine, count),
    close: (engine) => page.call("close", engine),
    end: () => page.close(),
  };
}
