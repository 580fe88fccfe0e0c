import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { uniformArray } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "./index.js";
import { BUILDS } from "./testing/builds.js";
import { smallPlan } from "./testing/small-plan.js";

interface Answer {
  readonly threads: number;
  readonly reason: string;
  readonly logits: readonly number[];
}

const input = uniformArray("picture", 64 * 64 * 3, 2);
const entry = fileURLToPath(new URL("testing/engine.page.ts", import.meta.url));
let isolated: OpenedPage;
let ordinary: OpenedPage;
beforeAll(async () => {
  isolated = await openPage({ entry, crossOriginIsolated: true });
  ordinary = await openPage({ entry });
});
afterAll(async () => {
  await isolated?.close();
  await ordinary?.close();
});

describe.each(BUILDS)("the %s build in Chromium", (build) => {
  it("gives the bits that Node gives, with one thread and with three", async () => {
    const engine = await createEngine(smallPlan(), { threads: 1, build });
    const expected = [...(await engine.run(input)).logits!.values];
    for (const threads of [1, 3]) {
      const answer = await isolated.call<Answer>("run", threads, build, input);
      expect(answer.threads).toBe(threads);
      expect(answer.logits).toEqual(expected);
    }
    expect(isolated.errors).toEqual([]);
  });

  it("runs on one thread in a page that is not cross-origin isolated, and says so", async () => {
    const answer = await ordinary.call<Answer>("run", 3, build, input);
    expect(answer).toMatchObject({
      threads: 1,
      reason: "memory cannot be shared: the page is not cross-origin isolated",
    });
  });
});
