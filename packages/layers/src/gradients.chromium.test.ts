import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectGradients } from "./testing/expect-gradients.js";
import { golden } from "./testing/read-golden.js";

interface Answer {
  readonly gradients: Readonly<Record<string, readonly number[]>>;
  readonly left: number;
  readonly failures: readonly string[];
}

describe.each(["webgl", "webgpu"])("on %s in Chromium", (backend) => {
  let page: OpenedPage;
  beforeAll(async () => {
    page = await openPage({ entry: fileURLToPath(new URL("testing/gradients.page.ts", import.meta.url)) });
    await page.call("start", backend);
  });
  afterAll(() => page?.close());

  it.each(Object.entries(golden.blocks))("every gradient of %s equals PyTorch", async (name, expected) => {
    const answer = await page.call<Answer>("gradients", name, expected, golden.batchNorm.epsilon);
    expect(answer).toMatchObject({ left: 0, failures: [] });
    expectGradients(answer.gradients, expected, 1e-3);
    expect(page.errors).toEqual([]);
  });
});
