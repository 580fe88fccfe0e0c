import { fileURLToPath } from "node:url";
import type { Capabilities } from "@efficientnet/backends";
import { launchChromium, type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";

interface Failure {
  readonly code?: string;
  readonly message: string;
}

const entry = fileURLToPath(new URL("backends.page.ts", import.meta.url));
const wasmPaths = "/wasm/";
let browser: Awaited<ReturnType<typeof launchChromium>>;
let page: OpenedPage;

beforeAll(async () => {
  browser = await launchChromium();
  page = await openPage({ entry, browser });
});

afterAll(() => browser?.close());

describe("backends in Chromium", () => {
  afterEach(() => page.call("dispose"));

  it("describes what the machine offers without initialising anything", async () => {
    const { runtime, order, backends } = await page.call<Capabilities>("capabilities");
    expect(runtime).toBe("browser");
    expect(order).toEqual(["webgpu", "webgl", "wasm", "cpu"]);
    expect(backends.webgl).toMatchObject({ available: true, detail: { version: 2, float32: true } });
    expect(backends.webgpu).toMatchObject({ available: true, detail: { software: true, shaderF16: false } });
    expect(backends.wasm).toMatchObject({
      detail: {
        simd: true,
        threads: 1,
        threadsReason: "the page is not cross-origin isolated (COOP and COEP headers)",
      },
    });
  });

  it.each(["webgpu", "webgl", "wasm"])(
    "prepares %s, warms it up, computes as cpu does, and leaves no tensors",
    async (name) => {
      await page.call("prepare", "cpu", {});
      const expected = await page.call<Float32Array>("compute");
      await page.call("dispose");
      const prepared = await page.call<{ description: string; initialised: string[] }>("prepare", name, { wasmPaths });
      expect(prepared.initialised).toEqual([name]);
      expect(prepared.description.startsWith(name)).toBe(true);
      const { compileMs, runMs } = await page.call<{ compileMs: number; runMs: number }>("warmUp");
      expect(compileMs > 0).toBe(name !== "wasm");
      expect(runMs).toBeGreaterThan(0);
      expectClose(await page.call<Float32Array>("compute"), expected, 2e-5);
      expect(await page.call("numTensors")).toBe(0);
      await page.call("dispose");
    },
  );

  it.each(["webgpu", "webgl", "wasm"])("computes on %s while it warms up", async (name) => {
    await page.call("prepare", name, { wasmPaths });
    const early = await page.call<Float32Array>("computeDuringWarmUp");
    expectClose(early, await page.call<Float32Array>("compute"), 1e-6);
    expect(await page.call("numTensors")).toBe(0);
  });

  it("takes webgpu first when left to choose", async () => {
    expect(await page.call("prepare", "auto", {})).toMatchObject({ name: "webgpu" });
  });

  it("throws where webgpu would compute zeros", async () => {
    const { detail } = await page.call<{ detail: { maxTensorBytes: number } }>("prepare", "webgpu", {});
    const failure = await page.call<Failure>("overLimit", detail.maxTensorBytes / 4 + 1024);
    expect(failure.code).toBe("backend-failed");
    expect(failure.message).toMatch(/^the webgpu device reported: .*[Bb]uffer/);
    expect(await page.call("compute")).toHaveLength(640);
  });

  it("throws when the WebGL context is lost, and starts anew after dispose", async () => {
    await page.call("prepare", "webgl", {});
    expect((await page.call<Float32Array>("compute")).some((value) => value !== 0)).toBe(true);
    const failure = await page.call<Failure>("loseContext");
    expect(failure.code).toBe("backend-failed");
    expect(failure.message).toMatch(/^the webgl device was lost: /);
    await page.call("dispose");
    await page.call("prepare", "webgl", {});
    expect((await page.call<Float32Array>("compute")).some((value) => value !== 0)).toBe(true);
  });

  it("names the address where a wasm binary is not, and can be told another", async () => {
    const failure = await page.call<Failure>("prepareFailing", "wasm", { wasmPaths: "/nowhere/" });
    expect(failure.message.replace(page.url, "ORIGIN")).toMatchInlineSnapshot(`
      "the wasm backend cannot run here: ORIGIN/nowhere/tfjs-backend-wasm-simd.wasm cannot be read: HTTP 404
        hint: copy the three .wasm files of @tensorflow/tfjs-backend-wasm/dist to your site and pass their folder, { wasmPaths: "/wasm/" }"
    `);
    expect(await page.call("prepare", "wasm", { wasmPaths })).toMatchObject({ name: "wasm" });
  });
});

describe("wasm in a cross-origin isolated page", () => {
  it("takes the threads that tfjs takes, or one when asked", async () => {
    const isolated = await openPage({ entry, browser, crossOriginIsolated: true });
    const cores = await isolated.page.evaluate(() => navigator.hardwareConcurrency);
    const threads = Math.min(4, Math.max(1, Math.floor(cores / 2)));
    const detail = { threads, crossOriginIsolated: true, simd: true };
    expect(await isolated.call("prepare", "wasm", { wasmPaths })).toMatchObject({ detail });
    expect(await isolated.call("compute")).toHaveLength(640);
    await isolated.call("dispose");
    expect(await isolated.call("prepare", "wasm", { wasmPaths, threads: 1 })).toMatchObject({ detail: { threads: 1 } });
    expect(await isolated.call("compute")).toHaveLength(640);
    await isolated.close();
  });
});
