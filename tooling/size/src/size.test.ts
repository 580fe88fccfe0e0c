import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { measureBundle } from "./measure-bundle.js";

const KB = 1024;

/** Kilobytes that load with the page, and kilobytes of everything that may load later; where nothing may, the same. */
const CEILINGS = [
  { name: "@efficientnet/scaling", eager: 2, all: 2, because: "it is arithmetic that fits on a page of the paper" },
  {
    name: "@efficientnet/progressive",
    eager: 3.5,
    all: 3.5,
    because: "it is a table of the paper and a rule to fill it",
  },
  { name: "@efficientnet/specs", eager: 8, all: 8, because: "every variant is a row of a table" },
  { name: "@efficientnet/nas", eager: 22, all: 22, because: "it brings the networks that spaces start from (8 KB)" },
  { name: "@efficientnet/augment", eager: 12, all: 12, because: "resizing for crops is a good part of it" },
  { name: "@efficientnet/train/data", eager: 20, all: 20, because: "a worker that prepares pictures has to load it" },
  { name: "@efficientnet/plan", eager: 6, all: 6, because: "it is arithmetic on a spec" },
  { name: "@efficientnet/kernels", eager: 5, all: 26, because: "its two binaries can wait until a page trains" },
  { name: "@efficientnet/wasm", eager: 60, all: 60, because: "it replaces an inference runtime of megabytes" },
  {
    name: "efficientnet/wasm",
    eager: 60,
    all: 140,
    because: "a page that runs on the CPU needs no runtime of megabytes, and readers and labels can wait",
  },
  {
    name: "efficientnet/wasm/worker",
    eager: 60,
    all: 125,
    because: "it is built as one file, all of which a page loads before the first answer",
  },
  {
    name: "efficientnet",
    eager: 30,
    all: 180,
    because:
      "it must not weigh against tfjs and one backend (about 120 KB), and a reader of each format, the downloader, labels, registry and backends can wait, and training (62 KB) until a page fine-tunes",
  },
] as const;

const PURE = [
  "@efficientnet/errors",
  "@efficientnet/scaling",
  "@efficientnet/progressive",
  "@efficientnet/specs",
  "@efficientnet/nas",
  "@efficientnet/weights",
  "@efficientnet/preprocess",
  "@efficientnet/augment",
  "@efficientnet/plan",
  "@efficientnet/wasm",
] as const;

describe("minified and gzipped, without tfjs", () => {
  for (const { name, eager, all, because } of CEILINGS) {
    it(`${name} stays under ${eager} KB at the start and ${all} KB in all, because ${because}`, async () => {
      const { eagerBytes, allBytes } = await measureBundle(name);
      console.log(
        `${name}: ${(eagerBytes / KB).toFixed(2)} of ${eager} KB, ${(allBytes / KB).toFixed(2)} of ${all} KB`,
      );
      expect(eagerBytes).toBeGreaterThan(0.2 * KB);
      expect(eagerBytes).toBeLessThanOrEqual(eager * KB);
      expect(allBytes).toBeLessThanOrEqual(all * KB);
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

it.each(["efficientnet/wasm", "@efficientnet/train/data", "@efficientnet/model/pure"])(
  "%s brings no tfjs into a bundle",
  async (door) => {
    const { inputs, imports } = await measureBundle(door);
    expect([...inputs, ...imports].filter((path) => path.includes("@tensorflow/"))).toEqual([]);
  },
);

describe("packages below the layers", () => {
  for (const door of PURE.flatMap(frontDoors)) {
    it(`${door} brings no tfjs into a bundle`, async () => {
      const { inputs, imports } = await measureBundle(door);
      expect(inputs.length).toBeGreaterThan(1);
      expect([...inputs, ...imports].filter((path) => path.includes("@tensorflow/"))).toEqual([]);
    });
  }
});
