import { fileURLToPath } from "node:url";
import { launchChromium, type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { uniformArray } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine, type EngineSupport } from "./index.js";
import { smallPlan } from "./testing/small-plan.js";

const input = uniformArray("picture", 64 * 64 * 3, 2);
let browser: Awaited<ReturnType<typeof launchChromium>>;
let expected: readonly number[];
const opened: OpenedPage[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  const engine = await createEngine(smallPlan(), { threads: 1, build: "simd" });
  expected = [...(await engine.run(input)).logits!.values];
  engine.dispose();
});
afterAll(async () => {
  for (const page of opened) await page.close();
  await browser?.close();
});

async function openUnder(policy: string): Promise<OpenedPage> {
  const page = await openPage({
    entry: fileURLToPath(new URL("testing/engine.page.ts", import.meta.url)),
    crossOriginIsolated: true,
    headers: { "content-security-policy": policy },
    browser,
  });
  opened.push(page);
  return page;
}

/** What the page says beyond the browser's own reports of what a policy refused. */
const complaints = ({ errors }: OpenedPage) =>
  errors.filter((error) => !/Content Security Policy|'TrustedScriptURL'/.test(error));

describe.each([
  { policy: "worker-src 'none'", reason: "the Content-Security-Policy does not allow worker-src blob:" },
  { policy: "worker-src 'self'", reason: "the Content-Security-Policy does not allow worker-src blob:" },
  {
    policy: "script-src 'self' 'wasm-unsafe-eval'",
    reason: "the Content-Security-Policy does not allow worker-src blob:",
  },
  { policy: "require-trusted-types-for 'script'", reason: /^Failed to construct 'Worker': .*'TrustedScriptURL'/ },
])("an isolated page under $policy", ({ policy, reason }) => {
  const matching = (text: string, front: string) => {
    expect(text.startsWith(front)).toBe(true);
    expect(text.slice(front.length)).toEqual(reason instanceof RegExp ? expect.stringMatching(reason) : reason);
  };

  it("gets the right logits on one thread, and the reason, beforehand and afterwards", async () => {
    const page = await openUnder(policy);
    const support = await page.call<EngineSupport & { readonly available: true }>("support");
    expect(support).toMatchObject({ available: true, threads: 1 });
    matching(support.threadsReason, "workers could not be started: ");
    const run = await page.call<{ threads: number; reason: string; logits: number[] }>("run", 3, "simd", input);
    expect(run.threads).toBe(1);
    matching(run.reason, "workers could not be started: ");
    expect(run.logits).toEqual(expected);
    expect(complaints(page)).toEqual([]);
  });
});

it("a policy that allows workers from blob: leaves the threads", async () => {
  const page = await openUnder("script-src 'self' 'wasm-unsafe-eval'; worker-src blob:");
  expect(await page.call("run", 2, "simd", input)).toEqual({
    threads: 2,
    reason: "2 threads were asked for",
    logits: expected,
  });
  expect(page.errors).toEqual([]);
});

it("a policy without 'wasm-unsafe-eval' is an error that says what to allow", async () => {
  const page = await openUnder("script-src 'self'; worker-src blob:");
  expect(await page.call("refused")).toMatchInlineSnapshot(`
    [
      "no-backend",
      "the Content-Security-Policy does not allow WebAssembly
      hint: add 'wasm-unsafe-eval' to its script-src",
    ]
  `);
  expect(await page.call("support")).toMatchInlineSnapshot(`
    {
      "available": false,
      "hint": "add 'wasm-unsafe-eval' to its script-src",
      "reason": "the Content-Security-Policy does not allow WebAssembly",
    }
  `);
  expect(complaints(page)).toEqual([]);
});
