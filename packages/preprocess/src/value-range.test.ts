import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesFromRange, type ValueRange } from "./value-range.js";

const refused = (values: readonly number[] | Float32Array, range: ValueRange) => () => bytesFromRange(values, range);

describe("bytesFromRange", () => {
  it.each([
    [
      [0, 1],
      [0, 0.5, 1],
      [0, 128, 255],
    ],
    [
      [0, 255],
      [0, 12.4, 255],
      [0, 12, 255],
    ],
    [
      [-1, 1],
      [-1, 0, 1],
      [0, 128, 255],
    ],
  ] as const)("maps %j to 0..255", (range, values, bytes) => {
    expect([...bytesFromRange(values, range)]).toEqual(bytes);
  });

  it("gives every byte back, from float32 in each range", () => {
    const bytes = fc.uint8Array({ minLength: 2 }).map((random) => Uint8Array.of(0, 255, ...random));
    fc.assert(
      fc.property(bytes, fc.constantFrom<ValueRange>([0, 1], [0, 255], [-1, 1]), (data, [low, high]) => {
        const values = Float32Array.from(data, (byte) => low + (byte / 255) * (high - low));
        expect([...bytesFromRange(values, [low, high] as ValueRange)]).toEqual([...data]);
      }),
    );
  });

  it("clips what resampling leaves just outside", () => {
    expect([...bytesFromRange([-0.0005, 1.0005], [0, 1])]).toEqual([0, 255]);
  });

  it("takes an almost black picture of whole numbers", () => {
    expect([...bytesFromRange(Int32Array.of(0, 1, 1), [0, 255])]).toEqual([0, 1, 1]);
    expect([...bytesFromRange(Float32Array.of(0, 0, 0), [0, 255])]).toEqual([0, 0, 0]);
  });

  it("refuses a model input: normalised numbers", () => {
    const normalised = Float32Array.of(-2.1179, 0.3, 2.64);
    expect(refused(normalised, [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 1]
        received: -2.118 to 2.64
        hint: the numbers look normalised already: give a model input to the model as it is]
    `);
    expect(refused(normalised, [-1, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [-1, 1]
        received: -2.118 to 2.64
        hint: the numbers look normalised already: give a model input to the model as it is]
    `);
    expect(refused([-1, 0.2], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 1]
        received: -1 to 0.2
        hint: state range [-1, 1]; give a model input to the model as it is]
    `);
  });

  it("refuses another range than the stated one", () => {
    expect(refused([0, 128, 255], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 1]
        received: 0 to 255
        hint: state range [0, 255]]
    `);
    expect(refused([0, 0.5, 1], [0, 255])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 255]
        received: 0 to 1
        hint: state range [0, 1]]
    `);
    expect(refused([0, 65535], [0, 255])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the numbers of the picture do not fit their range
        expected: values in [0, 255]
        received: 0 to 65540
        hint: more than 8 bit: scale the numbers to [0, 1]]
    `);
  });

  it("refuses what is not a number, and ranges it does not know", () => {
    expect(refused([0, Number.NaN], [0, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the picture holds NaN at index 1
        expected: finite numbers]
    `);
    expect(refused([0, 1], [0, 127] as unknown as ValueRange)).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the range of the picture is [0, 127]
        expected: [0, 1], [0, 255] or [-1, 1]]
    `);
  });
});
