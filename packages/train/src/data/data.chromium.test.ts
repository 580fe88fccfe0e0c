import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPipeline } from "../data.js";
import { collect } from "../testing/collect.js";
import { halfSpec } from "../testing/half-spec.js";
import shapesDataset from "../testing/shapes-dataset.js";

interface Epochs {
  readonly numbers: Float32Array;
  readonly workers: number;
  readonly fallback?: string;
}

const script = (name: string) => fileURLToPath(new URL(`../testing/${name}.page.ts`, import.meta.url));

let page: OpenedPage;
beforeAll(async () => {
  page = await openPage({
    entry: script("data"),
    scripts: { "/worker.js": script("data-worker"), "/bare.js": script("bare-worker") },
    args: ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
  });
});
afterAll(() => page?.close());

describe("a pipeline in Chromium", () => {
  it("gives the bytes that Node gives, in the page and in a worker that has the dataset", async () => {
    const pipeline = createPipeline(shapesDataset({ length: 20, side: 16 }), { preprocess: halfSpec(12) });
    const regularisers = { randAugmentMagnitude: 8, mixupAlpha: 0.3, cutmixAlpha: 1, erasingProbability: 0.2 };
    const settings = { imageSize: 12, batchSize: 4, regularisers };
    const batches = await collect(pipeline.epoch({ seed: 3, epoch: 2, settings, training: true }));
    const expected = batches.flatMap(({ images, labels }) => [...images, ...labels]);
    for (const workers of [0, 1, 2]) {
      const epochs = await page.call<Epochs>("shapes", workers);
      expect(Array.from(epochs.numbers)).toEqual(expected);
      expect(epochs.workers).toBe(workers);
    }
  });

  it.each(["images", "files"])("sends %s to a worker", async (kind) => {
    const here = await page.call<Epochs>(kind, 0);
    const there = await page.call<Epochs>(kind, 1);
    expect(there.workers).toBe(1);
    expect(there.numbers).toEqual(here.numbers);
  });

  it("goes on without a worker whose program is absent, and says so", async () => {
    const here = await page.call<Epochs>("shapes", 0);
    const { numbers, workers, fallback } = await page.call<Epochs>("shapes", 1, "/absent.js");
    expect([workers, fallback]).toEqual([0, "it could not be started"]);
    expect(numbers).toEqual(here.numbers);
  });

  it("refuses a worker without the dataset", async () => {
    expect(await page.call("noWorker", "/bare.js")).toMatch(/^unsupported: the worker has no dataset of its own/);
  });
});

describe("filesDataset", () => {
  const pictures = [
    ["blues", "blues/1.png"],
    ["reds", "reds/1.png"],
    ["reds", "reds/more/2.png"],
  ];
  const colours = [
    [0, 0, 255],
    [255, 0, 0],
    [139, 0, 0],
  ];

  it("takes the files of an input and the handle of a folder", async () => {
    expect(await page.call("list")).toEqual({ pictures, colours });
    expect(await page.call("folder")).toEqual({ pictures, colours });
  });

  it("refuses files that lie in no folders", async () => {
    expect(await page.call("noFolders")).toMatchInlineSnapshot(`
      "invalid-argument: 0 folders have pictures
        expected: one folder of pictures for each of at least two classes
        received: 1 files, 0 of them pictures in folders"
    `);
  });
});

describe("openWebcam", () => {
  it("grabs frames of a camera", async () => {
    const { width, height, picture, levels } = await page.call<
      Record<"width" | "height" | "levels", number> & { picture: number[] }
    >("webcam");
    expect(picture).toEqual([width, height, 4]);
    expect([width, height]).toEqual([64, 64]);
    expect(levels).toBeGreaterThan(1);
  });

  it("says when there is no such camera, or it may not be used", async () => {
    expect(await page.call("impossibleWebcam")).toMatch(/^unsupported: no camera can be turned on/);
    const shy = await openPage({
      entry: script("data"),
      args: ["--use-fake-device-for-media-stream", "--deny-permission-prompts"],
    });
    try {
      expect(await shy.call("refusedWebcam")).toBe("forbidden: the camera may not be used");
    } finally {
      await shy.close();
    }
  });
});
