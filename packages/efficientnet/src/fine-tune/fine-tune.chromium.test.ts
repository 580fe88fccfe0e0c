import { fileURLToPath } from "node:url";
import { getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, expect, it } from "vitest";

let page: OpenedPage;

/** Four bytes for every value of the network; the file's header comes on top. */
const bytes = tensorShapes(withClasses(getSpec("test-efficientnet"), 2))
  .map(({ shape }) => 4 * shape.reduce((product, side) => product * side, 1))
  .reduce((sum, one) => sum + one, 0);

beforeAll(async () => {
  page = await openPage({ entry: fileURLToPath(new URL("fine-tune.page.ts", import.meta.url)) });
});

afterAll(() => page?.close());

it.each(["webgl", "webgpu"] as const)(
  "a page teaches a network two classes on %s and leaves nothing behind",
  async (backend) => {
    const run = await page.call<Readonly<Record<string, unknown>>>("run", backend);
    expect(run).toMatchObject({ name: backend, best: "blue", accuracy: 1, left: 0 });
    expect(run.bytes).toBeGreaterThan(bytes);
  },
);
