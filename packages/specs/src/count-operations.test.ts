import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { countActivations, countMacs, getSpec, traceOperations } from "./index.js";

const published = Object.entries(readFixture("counts.json").models);
const bySize = published.flatMap(([name, { macsAt }]) =>
  Object.entries(macsAt).map(([size, macs]) => ({ name, size: Number(size), macs })),
);
const present = (byKind: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(byKind).filter(([, count]) => count > 0));

describe("countMacs", () => {
  it("is checked at every published size", () => {
    expect(bySize.length).toBeGreaterThan(published.length);
  });

  it.each(bySize)("gives the multiply-adds of $name at $size", ({ name, size, macs }) => {
    expect(countMacs(getSpec(name), size).total).toBe(macs);
  });

  it.each(published)(
    "gives the multiply-adds of %s kind by kind, at its own resolution unless told",
    (name, expected) => {
      expect(present(countMacs(getSpec(name)).byKind)).toEqual(present(expected.macsByKind));
    },
  );

  it("counts a CondConv as its convolution and the mixing of its kernels", () => {
    const plain = countMacs(getSpec("efficientnet-b0")).byKind;
    const mixed = countMacs(getSpec("efficientnet-condconv-b0-4e")).byKind;
    const kernels = traceOperations(getSpec("efficientnet-b0"), 224)
      .filter(({ name, kind }) => kind === "depthwise" && /^stages\.[456]/.test(name))
      .reduce((sum, { weights }) => sum + weights, 0);
    expect(mixed.depthwise - plain.depthwise).toBe(4 * kernels);
  });
});

describe("countActivations", () => {
  it.each(published)("gives the published activations of %s", (name, { activations, resolution }) => {
    expect(countActivations(getSpec(name), resolution).total).toBe(activations);
  });
});

describe("traceOperations", () => {
  it("lists the operations of a block in forward order, under the names of their tensors", () => {
    const operations = traceOperations(getSpec("efficientnet-b0"), 224);
    expect(
      operations.filter(({ name }) => name.startsWith("stages.1.0")).map(({ name, kind }) => [name, kind]),
    ).toEqual([
      ["stages.1.0.expand", "expand"],
      ["stages.1.0.depthwise", "depthwise"],
      ["stages.1.0.squeeze", "squeeze"],
      ["stages.1.0.project", "project"],
    ]);
    expect(operations[0]).toEqual({
      name: "stem",
      kind: "stem",
      macs: 112 * 112 * 27 * 32,
      weights: 27 * 32,
      activations: 112 * 112 * 32,
      moved: 224 * 224 * 3 + 112 * 112 * 32,
    });
  });

  it("counts a mixed kernel as written and read once per picture", () => {
    const [, expand] = traceOperations(getSpec("efficientnet-condconv-b0-4e"), 224).filter(({ name }) =>
      name.startsWith("stages.4.0"),
    );
    expect(expand).toMatchObject({
      name: "stages.4.0.expand",
      weights: 4 * 80 * 480,
      macs: (14 * 14 + 4) * 80 * 480,
      moved: 14 * 14 * (80 + 480) + 2 * 80 * 480,
    });
  });
});
