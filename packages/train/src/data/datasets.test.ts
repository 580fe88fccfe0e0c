import type { Picture } from "@efficientnet/preprocess";
import { describe, expect, it } from "vitest";
import { arrayDataset, generatedDataset, importDataset, splitDataset, subset } from "../data.js";
import shapesDataset from "../testing/shapes-dataset.js";
import { cachedDataset } from "./cached-dataset.js";
import { type Dataset, describeDataset, isSelfContained } from "./dataset.js";
import { openDataset } from "./open-dataset.js";

const dot = (level: number): Picture => ({ data: Uint8Array.of(level), width: 1, height: 1, channels: 1 });
const dots = (labels: readonly number[], classes = ["a", "b"]) =>
  arrayDataset({ classes, labels, pictures: labels.map((_, index) => dot(index)) });
const levels = (dataset: Dataset) =>
  Promise.all(Array.from(dataset.labels, async (_, index) => (await dataset.picture(index)).data[0]));
const modules = new URL("../testing/shapes-dataset.ts", import.meta.url);

describe("a dataset", () => {
  it("is made of pictures that are at hand", async () => {
    const dataset = arrayDataset({
      classes: ["a", "b"],
      labels: [1, 0],
      pictures: [dot(7), dot(9)],
      names: ["x", "y"],
    });
    expect([await dataset.picture(1), dataset.name(1), dataset.labels[1]]).toEqual([dot(9), "y", 0]);
  });

  it("is drawn by program, label first and pixels when they are needed", async () => {
    const drawn: number[] = [];
    const picture = (index: number) => {
      drawn.push(index);
      return dot(index);
    };
    const dataset = generatedDataset({ classes: ["even", "odd"], length: 4, label: (index) => index % 2, picture });
    expect([...Array.from(dataset.labels), drawn.length]).toEqual([0, 1, 0, 1, 0]);
    expect([(await dataset.picture(3)).data[0], drawn]).toEqual([3, [3]]);
  });

  it("comes from the default export of a module", async () => {
    const dataset = await importDataset(modules, { length: 5, side: 4 });
    const same = shapesDataset({ length: 5, side: 4 });
    expect([dataset.classes, Array.from(dataset.labels)]).toEqual([same.classes, Array.from(same.labels)]);
    expect(await dataset.picture(4)).toEqual(await same.picture(4));
  });

  it("can be made again from its description", async () => {
    const drawn = await importDataset(modules, { length: 6, side: 2 });
    for (const dataset of [dots([0, 1, 1]), drawn, subset(drawn, [4, 0]), subset(subset(drawn, [4, 0, 3]), [2])]) {
      const again = await openDataset(structuredClone(describeDataset(dataset)), {});
      expect(await levels(again)).toEqual(await levels(dataset));
      expect(Array.from(again.labels, (_, index) => again.name(index))).toEqual(
        Array.from(dataset.labels, (_, index) => dataset.name(index)),
      );
    }
  });

  it("stays where it is when it cannot be described", async () => {
    const drawn = shapesDataset({ length: 3, side: 2 });
    expect(isSelfContained(describeDataset(subset(drawn, [1])))).toBe(false);
    expect(await levels(await openDataset(describeDataset(subset(drawn, [1])), { own: drawn }))).toEqual(
      await levels(subset(drawn, [1])),
    );
    await expect(openDataset(describeDataset(drawn), {})).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the worker has no dataset of its own
        hint: call serveDataset(self, dataset) in its module with the same dataset]
    `);
    await expect(
      openDataset({ kind: "files", folder: "/", classes: [], labels: [], names: [] }, {}),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: this worker cannot read files by their paths]`);
  });

  it.each([
    ["no pictures", () => dots([])],
    ["one class", () => dots([0, 0], ["cat"])],
    ["no class", () => dots([0], [])],
    ["a label beyond its classes", () => dots([0, 2])],
    ["a label that is no number", () => dots([0, Number.NaN])],
    [
      "fewer labels than pictures",
      () => arrayDataset({ classes: ["a", "b"], labels: [0], pictures: [dot(0), dot(1)] }),
    ],
    ["fewer names", () => arrayDataset({ classes: ["a", "b"], labels: [0, 1], pictures: [dot(0), dot(1)], names: [] })],
    ["no length", () => shapesDataset({ length: 0, side: 1 })],
    ["an empty subset", () => subset(dots([0, 1]), [])],
    ["a picture it has not", () => subset(dots([0, 1]), [2])],
  ])("is refused with %s", (_, make) => {
    expect(make).toThrowErrorMatchingSnapshot();
  });

  it("is refused where its module has none", async () => {
    const absent = new URL("absent.js", import.meta.url);
    await expect(importDataset(absent)).rejects.toMatchObject({ code: "invalid-argument" });
    await expect(importDataset("node:path")).rejects.toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the default export of node:path is not a function
        expected: export default (argument) => a Dataset
        received: object]
    `);
  });
});

describe("splitDataset", () => {
  const labels = [...Array(40).fill(0), ...Array(10).fill(1), 2];
  const dataset = dots(labels, ["many", "few", "one"]);
  const members = ({ training, validation }: ReturnType<typeof splitDataset>) =>
    Promise.all([levels(training), levels(validation)]);

  it("keeps the proportions of the classes, and a lone picture for training", () => {
    const { training, validation } = splitDataset(dataset, { share: 0.2, seed: 1 });
    const count = (part: Dataset) =>
      [0, 1, 2].map((label) => Array.from(part.labels).filter((l) => l === label).length);
    expect([count(training), count(validation)]).toEqual([
      [32, 8, 1],
      [8, 2, 0],
    ]);
  });

  it("puts every picture into one part, in order, the same for the same seed", async () => {
    const [training, validation] = await members(splitDataset(dataset, { share: 0.3, seed: 4 }));
    expect([...training, ...validation].sort((a, b) => a! - b!)).toEqual(labels.map((_, index) => index));
    expect(validation).toEqual([...validation].sort((a, b) => a! - b!));
    expect(await members(splitDataset(dataset, { share: 0.3, seed: 4 }))).toEqual([training, validation]);
    expect(await members(splitDataset(dataset, { share: 0.3, seed: 5 }))).not.toEqual([training, validation]);
  });

  it("holds back at least one of a class that has several", () => {
    const { training, validation } = splitDataset(dots([0, 0, 1, 1]), { share: 0.01, seed: 0 });
    expect([Array.from(training.labels), Array.from(validation.labels)]).toEqual([
      [0, 1],
      [0, 1],
    ]);
  });

  it("refuses a share of everything and classes of single pictures", () => {
    expect(() => splitDataset(dataset, { share: 1, seed: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: share is 1
        expected: a number between 0 and 1]
    `);
    expect(() => splitDataset(dots([0, 1]), { share: 0.5, seed: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: no class has a picture to spare for validation
        expected: at least one class with two pictures or more
        received: 2 pictures in 2 classes]
    `);
  });
});

describe("cachedDataset", () => {
  it("decodes each picture once, as long as they fit", async () => {
    const decoded: number[] = [];
    const dataset = dots([0, 1, 0]);
    const picture = (index: number) => {
      decoded.push(index);
      return dataset.picture(index);
    };
    const cached = cachedDataset({ ...dataset, picture }, 2);
    for (const index of [2, 0, 1, 2, 0, 1]) expect((await cached.picture(index)).data[0]).toBe(index);
    expect(decoded).toEqual([2, 0, 1, 1]);
  });
});
