import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { prepareBackend } from "./index.js";
import { locateWasmFiles, verifyWasmFile } from "./wasm-files.js";

const installed = `${dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm"))}/`;
const folder = mkdtempSync(join(tmpdir(), "wasm-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("locateWasmFiles", () => {
  const simd = "tfjs-backend-wasm-simd.wasm";

  it.each([
    ["/wasm/", "https://a.org/page/", `https://a.org/wasm/${simd}`],
    ["/wasm", "https://a.org/page/", `https://a.org/wasm/${simd}`],
    [new URL("https://b.org/"), "https://a.org/page/", `https://b.org/${simd}`],
    [undefined, "https://a.org/page/index.html", `https://a.org/page/${simd}`],
    [{ [simd]: "simd.wasm" }, "https://a.org/page/", "https://a.org/page/simd.wasm"],
    ["/lib/dist", undefined, `/lib/dist/${simd}`],
  ])("finds the SIMD binary of %s on %s at %s", (wasmPaths, base, url) => {
    expect(locateWasmFiles(wasmPaths, base)[simd]).toBe(url);
  });
});

describe("verifyWasmFile", () => {
  it("accepts a binary by path and by file URL", async () => {
    const path = `${installed}tfjs-backend-wasm.wasm`;
    await verifyWasmFile(path);
    await verifyWasmFile(pathToFileURL(path).href);
  });

  it("refuses a web page that a server answers instead", async () => {
    const page = join(folder, "tfjs-backend-wasm-simd.wasm");
    writeFileSync(page, "<!doctype html>");
    await expect(verifyWasmFile(page)).rejects.toThrow(
      `${page} is not a WebAssembly binary (its first bytes are wrong)`,
    );
  });
});

describe("the wasmPaths of prepareBackend", () => {
  it("may be a file URL of the folder", async () => {
    const backend = await prepareBackend("wasm", { wasmPaths: pathToFileURL(installed) });
    expect(tf.getBackend()).toBe("wasm");
    backend.dispose();
  });

  it("fails with the address where nothing is, and can be tried again", async () => {
    const prepared = prepareBackend("wasm", { wasmPaths: "/no/such/folder/" });
    await expect(prepared).rejects.toMatchObject({ code: "no-backend" });
    await expect(prepared).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the wasm backend cannot run here: /no/such/folder/tfjs-backend-wasm-simd.wasm cannot be read: ENOENT: no such file or directory, open '/no/such/folder/tfjs-backend-wasm-simd.wasm'
        hint: copy the three .wasm files of @tensorflow/tfjs-backend-wasm/dist to your site and pass their folder, { wasmPaths: "/wasm/" }]
    `);
    const backend = await prepareBackend("wasm", { wasmPaths: installed });
    expect(tf.getBackend()).toBe("wasm");
    backend.dispose();
  });

  it("serve the binary without SIMD when asked", async () => {
    const backend = await prepareBackend("wasm", { wasmPaths: installed, simd: false });
    expect(backend.detail.simd).toBe(false);
    expect(backend.description).toContain("no SIMD");
    backend.dispose();
  });
});
