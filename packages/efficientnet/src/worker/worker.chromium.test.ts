import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getSpec, withClasses } from "@efficientnet/specs";
import { bundleEntry, type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
