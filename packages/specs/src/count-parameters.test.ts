import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { countParameters, getSpec, tensorShapes, VARIANT_NAMES, withClasses } from "./index.js";

const published = Object.entries(readFixture("counts.json").models);
const present = (byKind: Readonly<Record<string, number>>) =>
  Object.fromEntries(Object.entries(byKind).filter(([, count]) => count > 0));

describe("countParameters", () => {
  it.each(published)("gives the published parameters and buffers of %s, kind by kind", (name, expected) => {
    const { trainable, buffers, total, byKind } = countParameters(getSpec(name));
    expect({ trainable, buffers }).toEqual({ trainable: expected.trainable, buffers: expected.buffers });
    expect(total).toBe(trainable + buffers);
    expect(present(byKind)).toEqual(expected.parametersByKind);
  });

  // Counted in timm 1.0.29.
  it.each([
    ["efficientnetv2-rw-t", 13_649_388, 119_024],
    ["efficientnetv2-rw-s", 23_941_296, 160_848],
    ["efficientnetv2-rw-m", 53_236_442, 307_232],
    ["test-efficientnet", 356_196, 2_528],
    ["mnasnet-small-timm", 2_030_264, 16_928],
    ["mnasnet-a1-035", 1_747_018, 14_016],
    ["mnasnet-b1-130", 6_282_256, 48_816],
    ["efficientnet-condconv-b1-8e", 39_715_968, 62_048],
  ])("gives timm's parameters and buffers of %s", (name, trainable, buffers) => {
    expect(countParameters(getSpec(name))).toMatchObject({ trainable, buffers });
  });

  it("is checked for every name", () => {
    expect(published).toHaveLength(VARIANT_NAMES.length - 8);
  });

  it("adds up to the elements of all tensors, kinds included", () => {
    for (const name of VARIANT_NAMES) {
      const { trainable, total, byKind } = countParameters(getSpec(name));
      const elements = tensorShapes(getSpec(name)).map(({ shape }) =>
        shape.reduce((product, side) => product * side, 1),
      );
      expect(elements.reduce((sum, count) => sum + count, 0)).toBe(total);
      expect(Object.values(byKind).reduce((sum, count) => sum + count, 0)).toBe(trainable);
    }
  });

  it("loses exactly the classifier without classes", () => {
    const b0 = getSpec("efficientnet-b0");
    expect(countParameters(withClasses(b0, null)).trainable).toBe(4_007_548);
    expect(countParameters(withClasses(b0, 10)).byKind.classifier).toBe(12_810);
  });
});
