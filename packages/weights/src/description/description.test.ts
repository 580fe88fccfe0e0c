import { isEfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, getSpec, type PreprocessSpec, VARIANT_NAMES, withClasses } from "@efficientnet/specs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { specForEntry, weightsEntries } from "../registry/index.js";
import { formatDescription } from "./format-description.js";
import { parseDescription } from "./parse-description.js";
import type { WeightsDescription } from "./weights-description.js";

const spec = withClasses(getSpec("test-efficientnet"), 2);
const preprocess: PreprocessSpec = {
  size: 160,
  fit: { mode: "resize-crop", resizeTo: 168 },
  filter: "bicubic",
  method: "pillow",
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
const described = { spec, preprocess, labels: ["cat", "dog"] };
const parse = (metadata: Readonly<Record<string, string>>) => parseDescription(new Map(Object.entries(metadata)));

/** The metadata of the small network with one key changed. */
const changed = (key: "format" | "spec" | "preprocess" | "labels", value: string) => () =>
  parse({ ...formatDescription(described), [`efficientnet.${key}`]: value });
const changedSpec = (change: Readonly<Record<string, unknown>>) =>
  changed("spec", JSON.stringify({ ...spec, ...change }));
const changedPreprocess = (change: Readonly<Record<string, unknown>>) =>
  changed("preprocess", JSON.stringify({ ...preprocess, ...change }));

describe("a description", () => {
  it.each(VARIANT_NAMES)("says all of %s, and is read as it was written", (name) => {
    const description: WeightsDescription = { spec: getSpec(name), preprocess: null, labels: null };
    expect(parse(formatDescription(description))).toEqual(description);
  });

  it("says how the pictures of every published set of weights are prepared", () => {
    for (const entry of weightsEntries()) {
      const description = { spec: specForEntry(entry), preprocess: entry.preprocess, labels: null };
      expect(parse(formatDescription(description))).toEqual(description);
    }
  });

  it("says any labels, as they are", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 20 }), (labels) => {
        const description = { spec: withClasses(spec, labels.length), preprocess, labels };
        expect(parse(formatDescription(description))).toEqual(description);
      }),
    );
  });

  it("is absent from a file that another program wrote", () => {
    expect(parse({ format: "pt" })).toBeNull();
  });

  it("is not written for labels that are not one for each class", () => {
    expect(() => formatDescription({ ...described, labels: ["cat"] })).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: 1 labels for 2 classes]`,
    );
  });
});

describe("a description that cannot be is refused", () => {
  it.each<[what: string, read: () => unknown]>([
    ["of a version to come", changed("format", "2")],
    ["without a spec", () => parse({ "efficientnet.format": "1" })],
    ["whose spec is no JSON", changed("spec", "{")],
    ["whose spec is a list", changed("spec", "[]")],
    ["whose spec says a thing twice", changed("spec", '{"name": "a", "name": "b"}')],
    ["nested without end", changed("spec", "[".repeat(100_000))],
    ["with a kernel of two", changedSpec({ stem: { channels: 8, kernelSize: 2, stride: 1 } })],
    ["with more blocks than can be", changedSpec({ stages: [{ ...spec.stages[0], repeats: 1e12 }] })],
    ["for pictures of a million pixels a side", changedSpec({ resolution: { train: 64, eval: 1e6 } })],
    ["with a name that never ends", changedSpec({ name: "x".repeat(1000) })],
    ["with a spec that never ends", changedSpec({ more: "x".repeat(1e6) })],
    ["with a filter of another world", changedPreprocess({ filter: "constructor" })],
    ["with no method", changedPreprocess({ method: undefined })],
    ["with a fit that is text", changedPreprocess({ fit: "squash" })],
    ["with a size of zero", changedPreprocess({ size: 0 })],
    ["with a size that memory cannot hold", changedPreprocess({ size: 1e9 })],
    ["with two means", changedPreprocess({ mean: [0, 0] })],
    ["with a deviation of zero", changedPreprocess({ std: [1, 0, 1] })],
    ["with a padding below zero", changedPreprocess({ fit: { mode: "crop-resize", cropPadding: -1 } })],
    ["with too few labels", changed("labels", '["cat"]')],
    ["with labels that are an object", changed("labels", '{"0": "cat", "1": "dog"}')],
    ["with a label that is a number", changed("labels", '["cat", 7]')],
  ])("%s", (_, read) => {
    expect(read).toThrowErrorMatchingSnapshot();
  });

  it("and never anything but a typed error, whatever bytes are changed", () => {
    const metadata = Object.entries(formatDescription(described));
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string({ unit: "binary", maxLength: 3 }), (which, at, put) => {
        const entries = metadata.map(([key, text], index): [string, string] => {
          const place = at % text.length;
          return [key, index === which % metadata.length ? text.slice(0, place) + put + text.slice(place + 1) : text];
        });
        try {
          parse(Object.fromEntries(entries));
        } catch (error) {
          if (!isEfficientNetError(error)) throw error;
        }
      }),
    );
  });

  it("and a __proto__ changes nothing", () => {
    const hostile = JSON.stringify(spec).replace("{", '{"__proto__": {"activation": "relu", "hostile": true}, ');
    const read = changed("spec", hostile)() as { readonly spec: ArchitectureSpec };
    expect(read.spec).toEqual(spec);
    expect(read.spec).not.toHaveProperty("hostile");
    expect(Object.prototype).not.toHaveProperty("hostile");
  });
});
