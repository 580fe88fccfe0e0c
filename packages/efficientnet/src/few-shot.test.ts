import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ExampleSet, formatExampleSet, nearestMean, nearestNeighbours, parseExampleSet } from "./exports.js";

const vector = (...values: number[]) => Float32Array.from(values);
const set: ExampleSet = {
  model: "efficientnetv2-b0",
  examples: [
    { label: "cat", embedding: vector(2, 0) },
    { label: "cat", embedding: vector(0, 1) },
    { label: "dog", embedding: vector(-1, 0) },
  ],
};

describe("nearestMean", () => {
  it("compares with the mean of the normalised examples of each label", () => {
    const [best, other] = nearestMean(set, vector(3, 3));
    expect(best?.label).toBe("cat");
    expect(best?.similarity).toBeCloseTo(1, 6);
    expect(other?.similarity).toBeCloseTo(-Math.SQRT1_2, 6);
  });

  it("is nearest neighbour when every label has one example", () => {
    const single = { ...set, examples: set.examples.slice(1) };
    expect(nearestMean(single, vector(0.2, 0.9))).toEqual(
      nearestNeighbours(single, vector(0.2, 0.9), 2).map((match) => ({ ...match, similarity: match.similarity * 2 })),
    );
  });

  it("refuses an embedding of another length, and an empty set", () => {
    expect(() => nearestMean(set, vector(1, 2, 3))).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the embedding does not belong to the examples of efficientnetv2-b0
        expected: 2 values
        received: 3 values
        hint: make examples and questions with the same network]
    `);
    expect(() => nearestMean({ ...set, examples: [] }, vector(1))).toThrow("there are no examples");
  });
});

describe("nearestNeighbours", () => {
  it("lets the k nearest vote with their similarity", () => {
    expect(nearestNeighbours(set, vector(-1, 0), 1)).toEqual([{ label: "dog", similarity: 1 }]);
    const [first, second] = nearestNeighbours(set, vector(1, 1), 3);
    expect(first?.label).toBe("cat");
    expect(first?.similarity).toBeCloseTo((2 * Math.SQRT1_2) / 3, 6);
    expect(second?.similarity).toBeCloseTo(-Math.SQRT1_2 / 3, 6);
  });

  it.each([0, 1.5])("refuses k = %s", (k) => {
    expect(() => nearestNeighbours(set, vector(1, 1), k)).toThrow(`k is ${k}`);
  });
});

describe("an example set as text", () => {
  it("reads back what was written, to the last bit", () => {
    const example = fc.record({
      label: fc.string(),
      embedding: fc.float32Array({ noNaN: true, noDefaultInfinity: true }),
    });
    fc.assert(
      fc.property(fc.string(), fc.array(example), (model, examples) => {
        expect(parseExampleSet(formatExampleSet({ model, examples }))).toEqual({ model, examples });
      }),
    );
  });

  it("refuses the set of another network", () => {
    expect(() => parseExampleSet(formatExampleSet(set), "efficientnet-b0")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: these examples were made by another network
        expected: efficientnet-b0
        received: efficientnetv2-b0
        hint: embeddings of different networks or weights cannot be compared: make the examples again]
    `);
  });

  it.each([
    ["no JSON", "cats"],
    ["another JSON", "{}"],
    ["an example without embedding", JSON.stringify({ format: "efficientnet-examples-1", model: "a", examples: [{}] })],
    [
      "an embedding that is no base64",
      JSON.stringify({ format: "efficientnet-examples-1", model: "a", examples: [{ label: "a", embedding: "#" }] }),
    ],
    [
      "an embedding with NaN",
      JSON.stringify({
        format: "efficientnet-examples-1",
        model: "a",
        examples: [{ label: "a", embedding: "AADAfw==" }],
      }),
    ],
  ])("refuses %s", (_, text) => {
    expect(() => parseExampleSet(text)).toThrow("this is not an example set");
  });
});
