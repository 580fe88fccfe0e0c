import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, expect, it } from "vitest";

let page: OpenedPage;

beforeAll(async () => {
  page = await openPage({ entry: fileURLToPath(new URL("fine-tune.page.ts", import.meta.url)) });
});

afterAll(() => page?.close());

it.each(["webgl", "webgpu"] as const)(
  "a page teaches a network two classes on %s and leaves nothing behind",
  async (backend) => {
    const run = await page.call<Readonly<Record<string, unknown>>>("run", backend);
    expect(run).toMatchObject({ name: backend, best: "blue", accuracy: 1, left: 0 });
    expect(run.bytes).toBeGreaterThan(1_000_000);
  },
);
