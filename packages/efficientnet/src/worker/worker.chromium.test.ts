import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getSpec, withClasses } from "@efficientnet/specs";
import { bundleEntry, type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { seededWeights } from "../testing/seeded-weights.js";

interface Compared {
  readonly backend: string;
  readonly there: readonly (readonly number[])[];
  readonly here: readonly (readonly number[])[];
  readonly turns: number;
}

const folder = mkdtempSync(join(tmpdir(), "efficientnet-worker-"));
const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

beforeAll(async () => {
  writeFileSync(join(folder, "net.safetensors"), seededWeights(withClasses(getSpec("test-efficientnet"), 3), "timm"));
  writeFileSync(join(folder, "wasm-worker.js"), await bundleEntry(source("../wasm-worker.ts")));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  { page: "isolated", crossOriginIsolated: true, runs: /2 threads \(2 threads were asked for\)$/ },
  { page: "ordinary", crossOriginIsolated: false, runs: /1 thread \(memory cannot be shared: the page is not cross-/ },
])("a worker of an $page page", ({ crossOriginIsolated, runs }) => {
  let page: OpenedPage;
  beforeAll(async () => {
    page = await openPage({
      entry: source("worker.page.ts"),
      crossOriginIsolated,
      files: { "/weights": folder, "/wasm-worker.js": join(folder, "wasm-worker.js") },
    });
  });
  afterAll(() => page?.close());

  it("answers as the page itself would, while the page goes on", async () => {
    const { backend, there, here, turns } = await page.call<Compared>("compare", "/weights/net.safetensors");
    expect(backend).toMatch(runs);
    expect(there).toHaveLength(4);
    for (const [i, row] of here.entries()) expectClose(there[i] ?? [], row, 0);
    expect(turns).toBeGreaterThan(0);
  });

  it("ends, whatever it is at, and takes its threads along", async () => {
    expect(await page.call("stop", "/weights/net.safetensors")).toEqual(["disposed", "aborted", "disposed"]);
    // Chromium gives a worker that sleeps in shared memory two seconds to notice.
    await expect.poll(() => page.page.workers().length, { timeout: 20_000 }).toBe(0);
  });

  it("that is not there is an error, and nobody waits", async () => {
    expect(await page.call("missing", "/weights/net.safetensors")).toBe(
      "the worker of the networks failed: it could not be started",
    );
  });
});

describe("the ready-made worker", () => {
  async function openUnder(policy: string, worker = "wasm-worker.js"): Promise<OpenedPage> {
    const page = await openPage({
      entry: source("worker.page.ts"),
      crossOriginIsolated: true,
      headers: { "content-security-policy": policy },
      files: { "/weights": folder, "/wasm-worker.js": join(folder, worker) },
    });
    onTestFinished(page.close);
    return page;
  }

  it("that a policy refuses is an error that names the policy", async () => {
    const page = await openUnder("worker-src 'none'");
    const refused = await page.call<readonly string[]>("open", "/weights/net.safetensors");
    expect(refused.map((line) => line.replace(/:\d+/, ":PORT"))).toMatchInlineSnapshot(`
      [
        "no-backend",
        "the worker of the networks was refused: the Content-Security-Policy does not allow worker-src http://127.0.0.1:PORT/wasm-worker.js
        hint: allow it, or use load of efficientnet/wasm, which needs no worker",
      ]
    `);
    expect(page.errors.filter((error) => !error.includes("Content Security Policy"))).toEqual([]);
  });

  it("that was not served is an error that says what to look for", async () => {
    const page = await openUnder("", "nothing.js");
    expect(await page.call("open", "/weights/net.safetensors")).toMatchInlineSnapshot(`
      [
        "backend-failed",
        "the worker of the networks failed: it could not be started
        hint: see that wasm-worker.js is built and served with the page's headers (Vite in development: optimizeDeps.exclude), or pass a worker",
      ]
    `);
    expect(page.errors.filter((error) => !error.includes("404"))).toEqual([]);
  });

  it("says why it runs on one thread where a policy refuses threads", async () => {
    const page = await openUnder("worker-src 'self'");
    expect(await page.call("open", "/weights/net.safetensors")).toMatch(
      / 1 thread \(workers could not be started: the Content-Security-Policy does not allow worker-src blob:\)$/,
    );
  });

  it("says what to allow where a policy refuses WebAssembly", async () => {
    const page = await openUnder("script-src 'self'");
    expect(await page.call("open", "/weights/net.safetensors")).toMatchInlineSnapshot(`
      [
        "no-backend",
        "the Content-Security-Policy does not allow WebAssembly
        hint: add 'wasm-unsafe-eval' to its script-src",
      ]
    `);
  });
});
