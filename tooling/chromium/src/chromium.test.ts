import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, type OpenedPage, openPage } from "./index.js";

describe("findChromium", () => {
  it("takes the path that EFFICIENTNET_CHROMIUM names before any other", () => {
    expect(findChromium({ EFFICIENTNET_CHROMIUM: process.execPath, CHROME_PATH: "/nowhere" })).toBe(process.execPath);
  });

  it("refuses an override that names no file, instead of taking another browser", () => {
    expect(() => findChromium({ CHROME_PATH: "/nowhere/chrome" })).toThrowErrorMatchingInlineSnapshot(`
      [Error: CHROME_PATH names a file that does not exist
        received: /nowhere/chrome]
    `);
  });
});

describe("openPage", () => {
  let opened: OpenedPage;

  beforeAll(async () => {
    opened = await openPage({
      entry: fileURLToPath(new URL("convolution.page.ts", import.meta.url)),
      crossOriginIsolated: true,
      files: { "/source": fileURLToPath(new URL(".", import.meta.url)) },
    });
  });

  afterAll(() => opened?.close());

  for (const backend of ["webgl", "webgpu", "wasm"]) {
    it(`runs a convolution on ${backend} that equals the cpu backend's within 1e-5`, async () => {
      const expected = await opened.call<Float32Array>("convolve", "cpu");
      const received = await opened.call<Float32Array>("convolve", backend);
      expect(received.length).toBe(8 * 8 * 16);
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1);
      expect(Math.max(...received.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN))))).toBeLessThan(1e-5);
    });
  }

  it("isolates the page when asked, so that wasm threads can start", async () => {
    expect(await opened.call("isolated")).toBe(true);
  });

  it("passes typed arrays into the page", async () => {
    expect(await opened.call("sum", new Float32Array([1, 2, 3.5]))).toBe(6.5);
  });

  it("serves the folders it was given, and nothing beside them", async () => {
    expect(await opened.call("text", "/source/index.ts")).toContain("export");
    expect(await opened.call("text", "/source/%2e%2e/package.json")).toBe("no file at /package.json");
  });

  it("gathers console errors", async () => {
    await opened.call("complain");
    expect(opened.errors).toContain("the page complains");
  });

  it("names the functions the page has when asked for another", async () => {
    await expect(opened.call("deconvolve")).rejects.toThrow(
      "the page has no api.deconvolve; it has convolve, isolated, sum, complain, text",
    );
  });
});
