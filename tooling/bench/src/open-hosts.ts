import { fileURLToPath } from "node:url";
import type { BackendName } from "@efficientnet/backends";
import { forkContestant, forkedHosts, type Host, type Hosts } from "@efficientnet/bench";
import { openPage, type Webgl } from "@efficientnet-tooling/chromium";
import { openTorch } from "./torch/open-torch.js";

/**
 * In Node a process for each contestant, in the browser one page for all, since hidden pages are slowed down. PyTorch runs
 * in the Python that is given.
 */
export async function openHosts(backend: BackendName, webgl: Webgl, python: string | undefined): Promise<Hosts> {
  if (backend !== "webgl" && backend !== "webgpu") {
    return forkedHosts((engine) => (engine.kind === "pytorch" ? openTorch(python) : forkContestant()));
  }
  const page = await openPageHost(webgl);
  return { next: () => page, end: page.end };
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
