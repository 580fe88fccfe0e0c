import { countParameters, getSpec, validateSpec } from "@efficientnet/specs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  countArchitectures,
  decodeSpec,
  encodeSpec,
  genotypeAt,
  indexOf,
  mnasNetSpace,
  type SearchSpace,
  trainingAwareSpace,
  validateSpace,
} from "./index.js";

const v2s = trainingAwareSpace({ base: getSpec("efficientnetv2-s") });
const spaces = [trainingAwareSpace(), v2s, mnasNetSpace()];
const indexIn = (space: SearchSpace) => fc.bigInt({ min: 0n, max: countArchitectures(space) - 1n });

/** Two stages with four networks in all, small enough to go through. */
const tiny: SearchSpace = {
  name: "tiny",
  base: { ...getSpec("efficientnet-b0"), stages: getSpec("efficientnet-b0").stages.slice(0, 2) },
  stages: [
    [{ name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 5 }] }],
    [{ name: "width", options: [{ outChannels: 16 }, { outChannels: 24 }] }],
  ],
};

describe("countArchitectures", () => {
  it("is 12 choices and 3 depths for each of the 7 stages around B4", () => {
    expect(countArchitectures(trainingAwareSpace())).toBe(36n ** 7n);
    expect(countArchitectures(v2s)).toBe(36n ** 6n);
  });

  it("follows the number of depths", () => {
    expect(countArchitectures(trainingAwareSpace({ layerOffsets: [0] }))).toBe(12n ** 7n);
  });

  it("is 288 for each of MnasNet's stages, and 192 for the two that cannot lose their only layer", () => {
    expect(countArchitectures(mnasNetSpace())).toBe(288n ** 5n * 192n ** 2n);
  });
});

describe("genotypeAt and indexOf", () => {
  it("number every network of a space once", () => {
    const all = [0n, 1n, 2n, 3n].map((index) => genotypeAt(tiny, index));
    expect(all).toEqual([
      [[0], [0]],
      [[0], [1]],
      [[1], [0]],
      [[1], [1]],
    ]);
    expect(all.map((genotype) => indexOf(tiny, genotype))).toEqual([0n, 1n, 2n, 3n]);
  });

  it.each(spaces)("are inverse in $name", (space) => {
    fc.assert(
      fc.property(indexIn(space), (index) => {
        expect(indexOf(space, genotypeAt(space, index))).toBe(index);
      }),
    );
  });

  it("refuse what is not of the space", () => {
    expect(() => genotypeAt(tiny, 4n)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny has no network 4
        expected: a number in [0, 4)]
    `);
    expect(() => genotypeAt(tiny, -1n)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny has no network -1
        expected: a number in [0, 4)]
    `);
    expect(() => indexOf(tiny, [[0]])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the genotype makes [1] decisions
        expected: [1,1], stage by stage, in tiny]
    `);
    expect(() => indexOf(tiny, [[0], [2]])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: width of stage 1 is option 2
        expected: an option from 0 to 1]
    `);
    expect(() => decodeSpec(tiny, [[0.5], [0]])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: kernel of stage 0 is option 0.5
        expected: an option from 0 to 1]
    `);
  });
});

describe("decodeSpec and encodeSpec", () => {
  it.each(spaces)("are inverse in $name, and every network can be built", (space) => {
    fc.assert(
      fc.property(indexIn(space), (index) => {
        const spec = decodeSpec(space, genotypeAt(space, index));
        validateSpec(spec);
        expect(spec.name).toBe(`${space.name}-${index}`);
        expect(indexOf(space, encodeSpec(space, spec))).toBe(index);
      }),
    );
  });

  it("find EfficientNetV2-S in the space around it, exactly as released", () => {
    const spec = getSpec("efficientnetv2-s");
    const genotype = encodeSpec(v2s, spec);
    expect(genotype).toEqual([
      [1, 0, 0, 1],
      [1, 0, 1, 1],
      [1, 0, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 2, 1],
      [0, 0, 2, 1],
    ]);
    expect({ ...decodeSpec(v2s, genotype), name: spec.name }).toEqual(spec);
    expect(countParameters(decodeSpec(v2s, genotype)).trainable).toBe(countParameters(spec).trainable);
  });

  it("give each stage the width that the one before puts out", () => {
    const [first, second] = decodeSpec(tiny, [[1], [0]]).stages;
    expect(first).toMatchObject({ kernelSize: 5, inChannels: 32, outChannels: 16 });
    expect(second).toMatchObject({ inChannels: 16, outChannels: 16, kernelSize: 3 });
  });

  it("keep what a stage has of its own where nothing is decided about it", () => {
    for (const name of ["efficientnet-condconv-b0-4e", "efficientnetv2-rw-s"] as const) {
      const base = getSpec(name);
      const space: SearchSpace = { name: "fixed", base, stages: base.stages.map(() => []) };
      expect(decodeSpec(space, encodeSpec(space, base)).stages).toEqual(base.stages);
    }
  });

  it("say why a network is not in the space", () => {
    const spec = decodeSpec(tiny, [[0], [0]]);
    const [first, second] = spec.stages;
    if (first === undefined || second === undefined) throw new Error("tiny has two stages");
    expect(() => encodeSpec(tiny, getSpec("efficientnet-b0"))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: efficientnet-b0 is not in tiny: stages.length is 7
        expected: 2]
    `);
    expect(() =>
      encodeSpec(tiny, { ...spec, stages: [{ ...first, kernelSize: 7 }, second] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny-0 is not in tiny: kernel of stage 0 is {"kernelSize":7}
        expected: [{"kernelSize":3},{"kernelSize":5}]]
    `);
    expect(() =>
      encodeSpec(tiny, { ...spec, stages: [first, { ...second, seRatio: 0 }] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny-0 is not in tiny: stages[1].seRatio is 0
        expected: 0.25]
    `);
    expect(() =>
      encodeSpec(tiny, { ...spec, head: { channels: 640, classes: 10 } }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny-0 is not in tiny: head is {"channels":640,"classes":10}
        expected: {"channels":1280,"classes":1000}]
    `);
  });
});

describe("validateSpace", () => {
  it.each(spaces)("accepts $name", (space) => {
    expect(() => validateSpace(space)).not.toThrow();
  });

  it("refuses decisions that would give a network two genotypes or none", () => {
    const withFirst = (dimensions: SearchSpace["stages"][number]) => () =>
      validateSpace({ ...tiny, stages: [dimensions, []] });
    const [kernel] = tiny.stages[0] ?? [];
    if (kernel === undefined) throw new Error("tiny decides about kernels");
    expect(() => validateSpace({ ...tiny, stages: [] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: tiny decides about 0 stages
        expected: 2, as efficientnet-b0 has]
    `);
    expect(withFirst([kernel, { ...kernel, name: "again" }])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: again of stage 0 of tiny sets kernelSize, as kernel does
        expected: one decision for each field]
    `);
    expect(withFirst([{ name: "kernel", options: [] }])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: kernel of stage 0 of tiny has no option that sets a field
        expected: at least one]
    `);
    expect(
      withFirst([{ name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 3 }] }]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: option 1 of kernel of stage 0 of tiny repeats another
        expected: options that differ]
    `);
    expect(
      withFirst([{ name: "mixed", options: [{ kernelSize: 3 }, { repeats: 3 }] }]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: option 1 of mixed of stage 0 of tiny sets repeats
        expected: kernelSize]
    `);
  });
});
