import { describe, expect, it } from "vitest";
import { archConventions, archNames, findArchs, type Library, specForArch } from "../index.js";

describe("specForArch", () => {
  it.each<[Library, string, string, string, number, number]>([
    ["timm", "tf_efficientnet_b3", "efficientnet-b3", "same", 1e-3, 0.9],
    ["timm", "efficientnet_b3", "efficientnet-b3", "symmetric", 1e-5, 0.9],
    ["timm", "tf_efficientnet_es", "efficientnet-edgetpu-s", "same", 1e-3, 0.9],
    ["timm", "efficientnet_es", "efficientnet-edgetpu-s", "symmetric", 1e-5, 0.9],
    ["timm", "tf_efficientnet_lite0", "efficientnet-lite0", "same", 1e-3, 0.9],
    ["timm", "tf_efficientnetv2_b0", "efficientnetv2-b0", "same", 1e-3, 0.9],
    ["timm", "tf_efficientnet_cc_b1_8e", "efficientnet-condconv-b1-8e", "same", 1e-3, 0.9],
    ["timm", "efficientnetv2_rw_s", "efficientnetv2-rw-s", "symmetric", 1e-5, 0.9],
    ["timm", "test_efficientnet", "test-efficientnet", "symmetric", 1e-5, 0.9],
    ["timm", "mnasnet_100", "mnasnet-b1", "symmetric", 1e-5, 0.9],
    ["timm", "semnasnet_075", "mnasnet-a1-075", "symmetric", 1e-5, 0.9],
    ["timm", "mnasnet_small", "mnasnet-small-timm", "symmetric", 1e-5, 0.9],
    ["torchvision", "efficientnet_b4", "efficientnet-b4", "symmetric", 1e-5, 0.9],
    ["torchvision", "efficientnet_b5", "efficientnet-b5", "symmetric", 1e-3, 0.99],
    ["torchvision", "efficientnet_v2_s", "efficientnetv2-s", "symmetric", 1e-3, 0.9],
    ["torchvision", "mnasnet1_3", "mnasnet-b1-130", "symmetric", 1e-5, 0.9997],
    ["keras", "EfficientNetB0", "efficientnet-b0", "same", 1e-3, 0.99],
    ["keras", "EfficientNetV2L", "efficientnetv2-l", "same", 1e-3, 0.9],
    ["tpu", "efficientnet-b7", "efficientnet-b7", "same", 1e-3, 0.99],
    ["tpu", "efficientnet-edgetpu-S", "efficientnet-edgetpu-s", "same", 1e-3, 0.99],
    ["automl", "efficientnetv2-xl", "efficientnetv2-xl", "same", 1e-3, 0.9],
  ])("%s means by %s: %s, %s padding, epsilon %d", (library, arch, name, padding, epsilon, momentum) => {
    expect(specForArch(library, arch)).toMatchObject({ name, padding, batchNorm: { epsilon, momentum } });
  });

  it.each(["timm", "torchvision", "keras", "tpu", "automl"] as const)("has a spec for every %s name", (library) => {
    const names = archNames(library).map((arch) => specForArch(library, arch).name);
    expect(names).toEqual(archNames(library).map((arch) => archConventions(library, arch).variant));
    expect(names.length).toBe({ timm: 67, torchvision: 15, keras: 15, tpu: 24, automl: 8 }[library]);
  });

  it("tells under which names a family publishes a network", () => {
    const archs = (...args: Parameters<typeof findArchs>) =>
      findArchs(...args).map(({ library, arch }) => `${library}/${arch}`);
    expect(archs("timm", "efficientnet-b0")).toEqual(["timm/efficientnet_b0", "timm/tf_efficientnet_b0"]);
    expect(archs("timm", "efficientnetv2-b0")).toEqual(["timm/tf_efficientnetv2_b0"]);
    expect(archs("torchvision-mnasnet", "mnasnet-b1-130")).toEqual(["torchvision/mnasnet1_3"]);
    expect(archs("keras-v2", "efficientnetv2-s")).toEqual(["keras/EfficientNetV2S"]);
    expect(archs("timm", "mnasnet-b1")).toEqual(["timm/mnasnet_100"]);
    expect(archs("canonical", "efficientnet-b0")).toEqual([]);
  });

  it("lists near matches for a name it does not have", () => {
    expect(() => specForArch("timm", "efficientnet_b9")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown timm architecture "efficientnet_b9"
        hint: did you mean efficientnet_b0, efficientnet_b1, efficientnet_b2?]
    `);
    expect(() => specForArch("keras", "efficientnetv2b0")).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: unknown keras architecture "efficientnetv2b0"
        hint: did you mean EfficientNetV2B0, EfficientNetV2B1, EfficientNetV2B2?]
    `);
  });
});
