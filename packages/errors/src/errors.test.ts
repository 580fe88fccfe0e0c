import { describe, expect, it } from "vitest";
import { EfficientNetError, formatShape, isEfficientNetError, nearMatches, unknownName } from "./index.js";

describe("EfficientNetError", () => {
  it("says the fact, then expected and received, then what to do", () => {
    const error = new EfficientNetError("wrong-shape", "the input has 2 axes", {
      expected: "[N,H,W,3]",
      received: formatShape([224, 224]),
      hint: "add a batch axis",
    });
    expect(error.message).toMatchInlineSnapshot(`
      "the input has 2 axes
        expected: [N,H,W,3]
        received: [224,224]
        hint: add a batch axis"
    `);
    expect(error.code).toBe("wrong-shape");
  });

  it("keeps the cause", () => {
    const cause = new RangeError("offset");
    expect(new EfficientNetError("wrong-file", "truncated", { cause }).cause).toBe(cause);
  });

  it("is recognised by name and code, without instanceof", () => {
    const error = unknownName("model", "efficientnet-b9", ["efficientnet-b0", "efficientnet-b8", "mnasnet-a1"]);
    expect(isEfficientNetError(error)).toBe(true);
    expect(isEfficientNetError(error, "unknown-name")).toBe(true);
    expect(isEfficientNetError(error, "wrong-file")).toBe(false);
    expect(isEfficientNetError(new Error("other"))).toBe(false);
  });
});

describe("nearMatches", () => {
  it("ignores case and separators", () => {
    expect(nearMatches("EfficientNetV2_S", ["efficientnetv2-s", "efficientnetv2-m", "mnasnet-a1"])[0]).toBe(
      "efficientnetv2-s",
    );
  });

  it("lists nothing when nothing is near", () => {
    expect(nearMatches("resnet50", ["mnasnet-a1"])).toEqual([]);
  });
});

describe("unknownName", () => {
  it("lists near matches, or what is known", () => {
    expect(unknownName("backend", "webgp", ["webgpu", "webgl", "cpu"]).message).toMatchInlineSnapshot(`
      "unknown backend "webgp"
        hint: did you mean webgpu, webgl?"
    `);
    expect(unknownName("backend", "directml", ["webgpu", "webgl", "cpu"]).message).toMatchInlineSnapshot(`
      "unknown backend "directml"
        hint: known: webgpu, webgl, cpu"
    `);
  });
});
