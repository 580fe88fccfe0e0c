import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { measureBundle } from "./measure-bundle.js";

const KB = 1024;

const CEILINGS = [
  { name: "@efficientnet/scaling", kilobytes: 2, because: "it is arithmetic that fits on a page of the paper" },
  { name: "@efficientnet/specs", kilobytes: 8, because: "every variant is a table and a few coefficients" },
  {
    name: "efficientnet",
    kilobytes: 30,
    because: "it may cost a quarter of what tfjs and one backend cost (about 120 KB)",
  },
] as const;

const PURE = [
  "@efficientnet/errors",
  "@efficientnet/scaling",
  "@efficientnet/specs",
  "@efficientnet/weights",
  "@efficientnet/preprocess",
] as const;

describe("minified and gzipped, without tfjs", () => {
  for (const { name, kilobytes, because } of CEILINGS) {
    it(`${name} stays under ${kilobytes} KB, because ${because}`, async () => {
      const { gzipBytes } = await measureBundle(name);
      console.log(`${name}: ${(gzipBytes / KB).toFixed(2)} of ${kilobytes} KB`);
      expect(gzipBytes).toBeGreaterThan(0.2 * KB);
      expect(gzipBytes).toBeLessThanOrEqual(kilobytes * KB);
    });
  }
});

/** Every module specifier a package offers: itself and its subpaths. */
function frontDoors(name: string): readonly string[] {
  const manifest = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(`${name}/package.json`), "utf8"));
  return Object.keys(manifest.exports)
    .filter((door) => door !== "./package.json")
    .map((door) => name + door.slice(1));
}

describe("packages below the layers", () => {
  for (const door of PURE.flatMap(frontDoors)) {
    it(`${door} brings no tfjs into a bundle`, async () => {
      const { inputs, imports } = await measureBundle(door);
      expect(inputs.length).toBeGreaterThan(1);
      expect([...inputs, ...imports].filter((path) => path.includes("@tensorflow/"))).toEqual([]);
    });
  }
});
