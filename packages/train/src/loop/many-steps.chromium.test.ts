import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Held } from "../testing/many-steps.js";

let page: OpenedPage;
beforeAll(async () => {
  page = await openPage({ entry: fileURLToPath(new URL("../testing/many-steps.page.ts", import.meta.url)) });
});
afterAll(() => page?.close());

it.each(["webgl", "webgpu"])("steps on %s hold what the first holds, and nothing in the end", async (backend) => {
  const steps = 20;
  const [first, last, end] = await page.call<readonly Held[]>("train", backend, steps);
  expect(last).toEqual(first);
  expect(end).toMatchObject({ numTensors: 0, numBytes: 0 });
});
