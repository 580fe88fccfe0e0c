import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { ModeReport } from "./check-modes.js";
import { type EnginePlace, openChromium, openNode } from "./engine-places.js";
import { faultsOf } from "./faults.js";
import type { NetGolden } from "./net-golden.js";

const folder = fileURLToPath(new URL("../../reference/goldens/nets/", import.meta.url));
const read = (name: string) => JSON.parse(readFileSync(`${folder}${name}.json`, "utf8")) as NetGolden;
/** One with every kind of block, and one of odd sides. */
const NAMES = ["timm.test_efficientnet.160x160", "timm.efficientnet_b0.225x191"];

const PLACES: readonly (readonly [string, () => Promise<EnginePlace>])[] = [
  ["this Node", async () => openNode()],
  ["a cross-origin isolated page", () => openChromium(true)],
  ["a page that is not isolated", () => openChromium(false)],
];

describe.each(PLACES)("the engine in %s", (_, open) => {
  it("agrees with the reference, with itself on every run, in any batch and on any number of threads", async () => {
    const place = await open();
    try {
      for (const name of NAMES) {
        const reports = await place.check(read(name), place.modes);
        expect(reports).toHaveLength(place.modes.length);
        expect(faultsOf(reports)).toEqual([]);
      }
    } finally {
      await place.close();
    }
  });
});

it("faults are told apart", () => {
  const good: ModeReport = {
    ...{ build: "simd", threads: 1, running: 1, logits: 1e-5, feature: 1e-5, where: "head" },
    ...{ repeats: true, independent: true, digest: "0000abcd" },
  };
  const two = { ...good, threads: 2, running: 2 };
  expect(faultsOf([good, two, { ...good, build: "relaxed-simd", digest: "00000001" }])).toEqual([]);
  expect(
    faultsOf([
      { ...good, logits: 0.1, digest: "0" },
      { ...two, feature: Number.NaN, running: 1, repeats: false, independent: false },
    ]),
  ).toMatchInlineSnapshot(`
    [
      "simd on 1 threads is 1.0e-1 off in the logits",
      "simd on 1 threads gave other bits than on 2 threads",
      "simd on 2 threads is NaN off in head",
      "simd on 2 threads ran on 1",
      "simd on 2 threads gave other bits when it ran again",
      "simd on 2 threads gave an example other bits beside another",
    ]
  `);
});
