import { type Block, expandBlocks, getSpec, VARIANT_NAMES } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { nameMap } from "../index.js";
import { type LayerKind, nameLayers } from "./name-layers.js";

/** The layers of a network as they stand in its graph. */
function kindsOf(name: string): LayerKind[] {
  const block = ({ kind, expands, projects, squeezeChannels }: Block): LayerKind[] => [
    ...(expands ? [kind === "mbconv" ? ("pointwise" as const) : ("spatial" as const)] : []),
    ...(kind === "mbconv" ? (["depthwise"] as const) : []),
    ...(squeezeChannels > 0 ? (["pooled", "pooled"] as const) : []),
    ...(projects ? (["pointwise"] as const) : []),
  ];
  return ["spatial", ...expandBlocks(getSpec(name)).flatMap(block), "pointwise", "dense"];
}

describe("nameLayers", () => {
  it.each(VARIANT_NAMES.filter((name) => !name.includes("condconv")))("finds every layer of %s", (name) => {
    const layers = nameMap("tflite", getSpec(name)).flatMap(({ foreign }) =>
      foreign.endsWith("/filter") ? [foreign.slice(0, -"/filter".length)] : [],
    );
    expect(nameLayers(kindsOf(name))).toEqual(layers);
  });

  it("takes a convolution of the pooled map at the end for the classifier", () => {
    expect(nameLayers(["spatial", "depthwise", "pointwise", "pointwise", "pooled"]).slice(-2)).toEqual([
      "head/conv",
      "head/dense",
    ]);
  });

  it("refuses other networks, saying where they differ", () => {
    expect(() => nameLayers([])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the layers of this graph are not those of an EfficientNet
        expected: a convolution first
        received: no layers with weights]
    `);
    expect(() =>
      nameLayers(["spatial", "depthwise", "pointwise", "depthwise", "depthwise", "dense"]),
    ).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the layers of this graph are not those of an EfficientNet
        expected: inverted bottlenecks, then a 1x1 convolution and a classifier
        received: depthwise, depthwise, dense after 3 layers]
    `);
    expect(() => nameLayers(["spatial", "depthwise", "pointwise"])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the layers of this graph are not those of an EfficientNet
        expected: inverted bottlenecks, then a 1x1 convolution and a classifier
        received: an end after 3 layers]
    `);
  });
});
