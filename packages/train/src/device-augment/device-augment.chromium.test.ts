import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Outcome } from "../testing/device-case.js";
import { BROWSER_CASES } from "../testing/device-cases.js";

let page: OpenedPage;
beforeAll(async () => {
  page = await openPage({ entry: fileURLToPath(new URL("../testing/device.page.ts", import.meta.url)) });
});
afterAll(() => page?.close());

describe("in Chromium", () => {
  it.each(["webgl", "webgpu"])("%s augments as the CPU does", async (backend) => {
    const outcomes = await page.call<readonly Outcome[]>("tryAll", backend);
    expect(outcomes).toHaveLength(BROWSER_CASES.length);
    for (const [i, { name, strays, left }] of outcomes.entries()) {
      expect([name, strays <= BROWSER_CASES[i]!.strays ? "as allowed" : `${strays} strays`, left]).toEqual([
        name,
        "as allowed",
        0,
      ]);
    }
  });
});
