import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { expectClose, uniformArray } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

interface Answer {
  readonly values: readonly (readonly number[])[];
  readonly left: number;
  readonly failures: readonly string[];
}

const SHAPE = [2, 5, 7, 6];
const SIZE = SHAPE.reduce((product, length) => product * length, 1);
const x = uniformArray("x", SIZE, 6);
const dy = uniformArray("dy", SIZE);
let page: OpenedPage;
beforeAll(async () => {
  // Isolated, tfjs takes its threaded binary, whose memory is shared.
  page = await openPage({
    entry: fileURLToPath(new URL("testing/kernels.page.ts", import.meta.url)),
    crossOriginIsolated: true,
  });
});
afterAll(() => page?.close());

describe.each(["webgl", "webgpu", "wasm"])("on %s in Chromium", (backend) => {
  it.each(["silu", "norm"])("%s and its gradients equal the cpu backend's, and nothing leaks", async (name) => {
    const expected = await page.call<Answer>(name, "cpu", x, dy, SHAPE);
    const actual = await page.call<Answer>(name, backend, x, dy, SHAPE);
    expect(actual.failures).toEqual([]);
    expect([expected.left, actual.left]).toEqual([0, 0]);
    for (const [i, values] of actual.values.entries()) {
      const reference = expected.values[i] ?? [];
      const largest = Math.max(...reference.map(Math.abs));
      expect(largest).toBeGreaterThan(0.5);
      expectClose(values, reference, 1e-5 * largest);
    }
    expect(page.errors).toEqual([]);
  });
});
