import { describe, expect, it } from "vitest";
import { nameSpec } from "./name-spec.js";

describe("nameSpec", () => {
  it.each([
    ["timm/tf_efficientnet_b3", "timm", "efficientnet-b3", "same", 1e-3],
    ["timm/efficientnet_b3", "timm", "efficientnet-b3", "symmetric", 1e-5],
    ["Torchvision/efficientnet_b5", "torchvision", "efficientnet-b5", "symmetric", 1e-3],
    ["lukemelas/efficientnet-b8", "lukemelas", "efficientnet-b8", "same", 1e-3],
    ["google/efficientnet-b7", "transformers", "efficientnet-b7", "same", 1e-3],
    ["transformers/google/efficientnet-b7", "transformers", "efficientnet-b7", "same", 1e-3],
  ])("takes %s for an architecture of %s", async (model, family, name, padding, epsilon) => {
    expect(await nameSpec(model, null)).toMatchObject({ family, spec: { name, padding, batchNorm: { epsilon } } });
  });

  it("takes a variant as the family of its file trains it", async () => {
    for (const family of ["lukemelas", "transformers", "keras-v1"] as const) {
      const { spec } = await nameSpec("efficientnet-b0", family);
      expect(spec).toMatchObject({ padding: "same", batchNorm: { epsilon: 1e-3 } });
    }
  });

  it("knows no architecture that its library does not have", async () => {
    await expect(nameSpec("lukemelas/efficientnetv2-s", null)).rejects.toMatchObject({ code: "unknown-name" });
    await expect(nameSpec("google/efficientnet-b8", null)).rejects.toMatchObject({ code: "unknown-name" });
  });
});
