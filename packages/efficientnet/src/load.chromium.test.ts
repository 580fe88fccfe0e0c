import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { getSpec, withClasses } from "@efficientnet/specs";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { load } from "./node.js";
import { seededWeights } from "./testing/seeded-weights.js";

interface PageRun {
  readonly name: string;
  readonly logits: readonly (readonly number[])[];
  readonly best: { readonly label: string };
  readonly map: readonly number[];
  readonly embedding: number;
  readonly failed: string;
  readonly leaked: number;
  readonly left: number;
}

const bytes = seededWeights(withClasses(getSpec("test-efficientnet"), 3), "timm");
const folder = mkdtempSync(join(tmpdir(), "efficientnet-"));
let page: OpenedPage;

beforeAll(async () => {
  writeFileSync(join(folder, "net.safetensors"), bytes);
  page = await openPage({
    entry: fileURLToPath(new URL("load.page.ts", import.meta.url)),
    files: { "/weights": folder },
  });
});

afterAll(async () => {
  await page?.close();
  rmSync(folder, { recursive: true });
});

/** The same stripes, drawn here. */
function stripes() {
  const data = new Uint8ClampedArray(96 * 64 * 3);
  for (let i = 0; i < 96 * 64; i++) {
    data.set(Math.floor((i % 96) / 8) % 2 === 0 ? [0xc0, 0x30, 0x20] : [0x20, 0x40, 0xa0], i * 3);
  }
  return { data, width: 96, height: 64, channels: 3 } as const;
}

describe.each(["webgpu", "webgl", "wasm", "cpu"] as const)("a page on %s", (backend) => {
  let run: PageRun;
  beforeAll(async () => {
    run = await page.call<PageRun>("run", backend, "/weights/net.safetensors");
  });

  it("answers for a canvas, ImageData, a bitmap and a PNG as Node answers for the same pixels", async () => {
    using net = await load("test-efficientnet", { weights: bytes });
    const expected = await net.logits(stripes());
    const scale = Math.max(...expected.map(Math.abs));
    expect(run.logits.length).toBe(4);
    for (const row of run.logits) expectClose(row, expected, 1e-4 * scale);
    expect(run.name).toBe(backend);
    expect(run.best.label).toBe(["a", "b", "c"][expected.indexOf(Math.max(...expected))]);
    expect([run.map, run.embedding]).toEqual([[1, 5, 5, 64], 256]);
  });

  it("leaves no tensors after any call, a failing one among them, and none after dispose", () => {
    expect(run.failed).toContain("is not a picture that can be decoded");
    expect([run.leaked, run.left]).toEqual([0, 0]);
  });
});

it("takes the fastest backend that runs when none is named", async () => {
  expect(await page.call("choice", "/weights/net.safetensors")).toBe("webgpu");
});

it("says which address has no weights", async () => {
  const message = String(await page.call("missing", "/weights/none.safetensors"));
  expect(message.replace(/:\d+/, ":PORT")).toMatchInlineSnapshot(`
    "the server has no http://127.0.0.1:PORT/weights/none.safetensors
      received: HTTP 404 Not Found
      hint: check the spelling, the revision, and that the file is published there"
  `);
});

it("says what to allow where a policy refuses WebAssembly, and passes it over where others run", async () => {
  const strict = await openPage({
    entry: fileURLToPath(new URL("load.page.ts", import.meta.url)),
    files: { "/weights": folder },
    headers: { "content-security-policy": "script-src 'self'" },
  });
  onTestFinished(strict.close);
  await expect(strict.call("run", "wasm", "/weights/net.safetensors")).rejects.toThrow(
    "the wasm backend cannot run here: the Content-Security-Policy does not allow WebAssembly\n  hint: add 'wasm-unsafe-eval' to its script-src",
  );
  expect(await strict.call("choice", "/weights/net.safetensors")).toBe("webgpu");
  expect(strict.errors).toEqual([]);
});
