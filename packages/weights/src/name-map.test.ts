import { readFileSync } from "node:fs";
import { getSpec, tensorShapes, VARIANT_NAMES, withClasses } from "@efficientnet/specs";
import { fnv1a } from "@efficientnet-tooling/testing";
import { describe, expect, it } from "vitest";
import { archConventions, type Family, type Library, nameMap, specForArch } from "./index.js";

const fixture = (name: string) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
const STATE_DICTS: Readonly<Record<string, readonly [count: number, hash: number]>> = fixture("state-dicts");

const mapOf = (library: Library, arch: string) =>
  nameMap(archConventions(library, arch).family, specForArch(library, arch));

describe("nameMap", () => {
  it.each(Object.entries(STATE_DICTS))("has every name and shape of %s, and no other", (id, [count, hash]) => {
    const [library, arch = ""] = id.split("/");
    const lines = mapOf(library as Library, arch).map(
      ({ foreign, foreignShape }) => `${foreign} ${foreignShape.join()}`,
    );
    expect(lines.length).toBe(count);
    expect(fnv1a(lines.sort().join("\n"))).toBe(hash);
  });

  it.each([
    ["timm", "test_efficientnet"],
    ["torchvision", "efficientnet_b0"],
    ["keras", "EfficientNetB0"],
  ] as const)("lists the arrays of %s's %s under its own names", (library, arch) => {
    const listed = Object.entries(fixture(`names/${library}.${arch}`))
      .filter(([name]) => !/num_batches_tracked|normalization/.test(name))
      .map(([name, shape]) => [name.replace(":0", ""), shape]);
    expect(new Map(mapOf(library, arch).map(({ foreign, foreignShape }) => [foreign, foreignShape]))).toEqual(
      new Map(listed as [string, number[]][]),
    );
  });

  it("numbers torchvision's MNASNet through one flat list", () => {
    const names = new Map(
      mapOf("torchvision", "mnasnet1_0").map((m) => [m.canonical, `${m.foreign} ${m.foreignShape}`]),
    );
    expect(names.get("stem.norm.gamma")).toBe("layers.1.weight 32");
    expect(names.get("stages.0.0.depthwise.conv.kernel")).toBe("layers.3.weight 32,1,3,3");
    expect(names.get("stages.0.0.project.norm.mean")).toBe("layers.7.running_mean 16");
    expect(names.get("stages.1.0.expand.conv.kernel")).toBe("layers.8.0.layers.0.weight 48,16,1,1");
    expect(names.get("stages.6.0.depthwise.norm.beta")).toBe("layers.13.0.layers.4.bias 1152");
    expect(names.get("head.conv.kernel")).toBe("layers.14.weight 1280,320,1,1");
    expect(names.get("classifier.kernel")).toBe("classifier.1.weight 1000,1280");
  });

  const families: readonly Family[] = [
    "canonical",
    "timm",
    "torchvision",
    "torchvision-mnasnet",
    "keras-v1",
    "keras-v2",
    "tensorflow",
    "tflite",
    "tfjs-graph",
  ];
  const condConv = (name: string) => name.includes("condconv");
  const cases = families.flatMap((family) =>
    VARIANT_NAMES.filter((name) => !condConv(name) || family === "timm" || family === "canonical")
      .filter((name) => family !== "torchvision-mnasnet" || name.startsWith("mnasnet-b1"))
      .map((name) => [family, name] as const),
  );

  it.each(cases)("%s names the arrays of %s one to one", (family, name) => {
    const spec = getSpec(name);
    const map = nameMap(family, spec);
    expect(map.map(({ canonical, shape }) => ({ name: canonical, shape }))).toEqual(
      tensorShapes(spec).map(({ name: canonical, shape }) => ({ name: canonical, shape })),
    );
    expect(new Set(map.map(({ foreign }) => foreign)).size).toBe(map.length);
    for (const { shape, foreignLayout, permutation } of map) {
      expect(permutation.map((axis) => foreignLayout[axis])).toEqual(shape);
    }
  });

  it("leaves the classifier out of a network without one", () => {
    const names = nameMap("keras-v2", withClasses(getSpec("efficientnetv2-b0"), null)).map(({ foreign }) => foreign);
    expect(names.filter((name) => name.startsWith("predictions"))).toEqual([]);
    expect(names.at(-1)).toBe("top_bn/moving_variance");
  });

  it("lays a CondConv kernel out as timm does, one row per expert", () => {
    const map = mapOf("timm", "tf_efficientnet_cc_b0_4e");
    expect(map.find(({ foreign }) => foreign === "blocks.4.0.conv_dw.weight")).toMatchObject({
      shape: [4, 5, 5, 480, 1],
      foreignShape: [4, 12000],
      foreignLayout: [4, 480, 1, 5, 5],
      permutation: [0, 3, 4, 1, 2],
    });
  });

  it("refuses a network the family has no names for", () => {
    expect(() => nameMap("keras-v1", getSpec("efficientnet-condconv-b0-4e"))).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: keras-v1 has no name for stages.4.0.routing.kernel of efficientnet-condconv-b0-4e]`,
    );
    expect(() => nameMap("torchvision-mnasnet", getSpec("efficientnet-edgetpu-m"))).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: torchvision-mnasnet has no name for stages.0.0.expand.conv.kernel of efficientnet-edgetpu-m]`,
    );
    expect(() => nameMap("torchvision-mnasnet", getSpec("mnasnet-a1"))).toThrowErrorMatchingInlineSnapshot(
      `[EfficientNetError: torchvision-mnasnet has no name for stages.2.0.squeeze.reduce.kernel of mnasnet-a1]`,
    );
  });
});
