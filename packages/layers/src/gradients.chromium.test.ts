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

/** One of each kind of block; compiling shaders is what takes the time. The parity tool goes through all of them. */
const BLOCKS = [
  "mbconv_e6_k5_s2_se.same",
  "mbconv_e4_k3_s1_se_residual.symmetric",
  "fused_e4_k3_s2.symmetric",
  "fused_e1_k3_s1_residual.same",
];

describe.each(["webgl", "webgpu"])("on %s in Chromium", (backend) => {
  let page: OpenedPage;
  beforeAll(async () => {
    page = await openPage({ entry: fileURLToPath(new URL("testing/gradients.page.ts", import.meta.url)) });
    await page.call("start", backend);
  });
  afterAll(() => page?.close());

  it.each(BLOCKS)("every gradient of %s equals PyTorch", async (name) => {
    const expected = golden.blocks[name];
    if (expected === undefined) throw new Error(`no golden called ${name}`);
    const answer = await page.call<Answer>("gradients", name, expected, golden.batchNorm.epsilon);
    expect(answer).toMatchObject({ left: 0, failures: [] });
    expectGradients(answer.gradients, expected, 1e-3);
    expect(page.errors).toEqual([]);
  });
});
