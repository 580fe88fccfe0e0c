import { getSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { defaultPreprocess } from "./index.js";

describe("the usual preprocessing of graphs, which lose the names of their layers", () => {
  it.each([
    ["efficientnet-lite0", 224, 127 / 255, "bicubic"],
    ["efficientnet-b0", 224, 0.485, "bicubic"],
    ["efficientnetv2-s", 384, 128 / 255, "bilinear"],
  ])("is that of Google's own weights: %s at %d pixels", (name, size, mean, filter) => {
    for (const family of ["tensorflow", "tflite", "tfjs-graph"] as const) {
      const { preprocess } = defaultPreprocess(family, getSpec(name));
      expect(preprocess).toMatchObject({ size, filter, method: "tensorflow" });
      expect(preprocess.mean[0]).toBe(mean);
    }
  });
});
