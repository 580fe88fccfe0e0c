import { countMacs, countParameters, getSpec, validateSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import {
  countArchitectures,
  decodeSpec,
  encodeSpec,
  formatSpace,
  genotypeAt,
  indexOf,
  mnasNetSpace,
  parseSpace,
  smallTrainingAwareSpace,
  smallV2Spec,
  trainingAwareSpace,
} from "./index.js";

const none = [[], [], [], [], []];
const kernel = { name: "kernel", options: [{ kernelSize: 3 }, { kernelSize: 5 }] };
const space = (changes: object) => () =>
  parseSpace(JSON.stringify({ name: "mine", base: "efficientnetv2-b0", stages: [[kernel], ...none], ...changes }));

describe("parseSpace", () => {
  it("reads a space around a named network", () => {
    const mine = space({})();
    expect(countArchitectures(mine)).toBe(2n);
    expect(decodeSpec(mine, genotypeAt(mine, 1n)).stages[0]?.kernelSize).toBe(5);
  });

  it("is the inverse of formatSpace", () => {
    for (const any of [trainingAwareSpace(), mnasNetSpace(), smallTrainingAwareSpace()]) {
      expect(parseSpace(formatSpace(any))).toEqual(any);
    }
  });

  it("names the first thing that is wrong, and where", () => {
    expect(() => parseSpace("{")).toThrowErrorMatchingInlineSnapshot(`[EfficientNetError: the space is not JSON]`);
    expect(() => parseSpace("[]")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the space is []
        expected: an object]
    `);
    expect(space({ name: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: name of the space is 3
        expected: a name]
    `);
    expect(space({ base: "efficientnetv2-b9" })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown model "efficientnetv2-b9"
        hint: did you mean efficientnetv2-b0, efficientnetv2-b1, efficientnetv2-b2?]
    `);
    expect(space({ base: 3 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: base is 3
        expected: an object]
    `);
    expect(space({ base: { name: "b" } })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stem.channels of b is undefined
        expected: a positive integer]
    `);
    expect(space({ stages: {} })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages is {}
        expected: a list]
    `);
    expect(space({ stages: [[kernel]] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: mine decides about 1 stages
        expected: 6, as efficientnetv2-b0 has]
    `);
    expect(space({ stages: [[{ options: [] }], ...none] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages[0][0].name is undefined
        expected: a name]
    `);
    expect(space({ stages: [[{ ...kernel, options: 3 }], ...none] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages[0][0].options is 3
        expected: a list]
    `);
    expect(space({ stages: [[{ ...kernel, options: [{ kernel: 3 }] }], ...none] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: stages[0][0].options[0] sets kernel
        expected: block, kernelSize, expandRatio, outChannels, repeats, seRatio, skip]
    `);
    expect(
      space({ stages: [...none, [{ ...kernel, options: [{ kernelSize: 3 }, { kernelSize: 4 }] }]] }),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: option 1 of kernel of stage 5 makes no network: stages[5].kernelSize of mine is 4
        expected: an odd positive integer]
    `);
    expect(space({ stages: [[kernel, { ...kernel, name: "again" }], ...none] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: again of stage 0 of mine sets kernelSize, as kernel does
        expected: one decision for each field]
    `);
  });
});

describe("smallTrainingAwareSpace", () => {
  const small = smallTrainingAwareSpace();

  it("has three stages of 36 choices, and the network made by hand among them", () => {
    expect(countArchitectures(small)).toBe(36n ** 3n);
    expect(indexOf(small, encodeSpec(small, smallV2Spec()))).toBe(29308n);
    expect(decodeSpec(small, genotypeAt(small, 29308n)).stages).toEqual(smallV2Spec().stages);
  });

  it.each([32, 48, 64])(
    "has only networks that can be built, at %d pixels, from 19 thousand parameters to 1.5 million",
    (imageSize) => {
      const of = smallTrainingAwareSpace({ imageSize, classes: 10 });
      const counts: number[] = [];
      for (let index = 0n; index < countArchitectures(of); index += 311n) {
        const spec = decodeSpec(of, genotypeAt(of, index));
        validateSpec(spec);
        expect(spec.stages.every(({ outChannels }) => outChannels % 8 === 0)).toBe(true);
        counts.push(countParameters(spec).trainable);
      }
      expect(Math.min(...counts)).toBeGreaterThan(19_000);
      expect(Math.max(...counts)).toBeLessThan(1_540_000);
    },
  );

  it("costs a hundredth of V2-B0", () => {
    expect(countParameters(smallV2Spec()).trainable).toBe(153_902);
    expect(countMacs(smallV2Spec()).total).toBe(4_560_256);
    expect(countMacs(getSpec("efficientnetv2-b0")).total / countMacs(smallV2Spec()).total).toBeGreaterThan(100);
  });

  it("takes a side and classes", () => {
    const { resolution, head } = smallV2Spec({ imageSize: 64, classes: 6 });
    expect([resolution, head.classes]).toEqual([{ train: 64, eval: 64 }, 6]);
    expect(() => smallV2Spec({ classes: 0 })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: head.classes of small-v2 is 0
        expected: a positive integer, or null]
    `);
  });
});
