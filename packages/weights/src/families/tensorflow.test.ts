import { readFileSync } from "node:fs";
import { getSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { checkWeights, nameMap, recogniseVariant, specForArch } from "../index.js";
import { outline, outlineOf } from "../testing/outline.js";

const names = (id: string): Readonly<Record<string, readonly number[]>> =>
  JSON.parse(readFileSync(new URL(`../../fixtures/names/${id}.json`, import.meta.url), "utf8"));

describe("the names of Google's training code", () => {
  it.each([
    ["tpu", "efficientnet-b0"],
    ["automl", "efficientnetv2-s"],
  ] as const)("%s's %s has these arrays under its own name, and no other", (library, arch) => {
    const listed = Object.entries(names(`${library}.${arch}`));
    const map = nameMap("tensorflow", specForArch(library, arch));
    expect(new Map(map.map(({ foreign, foreignShape }) => [`${arch}/${foreign}`, foreignShape]))).toEqual(
      new Map(listed),
    );
    expect(recogniseVariant(outline(listed))).toMatchObject({ variant: arch, score: 1, classes: 1000 });
  });

  it("counts the layers of a block by kind, so that the first convolution is what the block begins with", () => {
    const of = (name: string) => new Map(nameMap("tensorflow", getSpec(name)).map((m) => [m.canonical, m.foreign]));
    const b0 = of("efficientnet-b0");
    expect(b0.get("stages.0.0.project.conv.kernel")).toBe("blocks_0/conv2d/kernel");
    expect(b0.get("stages.1.0.expand.conv.kernel")).toBe("blocks_1/conv2d/kernel");
    expect(b0.get("stages.1.0.project.conv.kernel")).toBe("blocks_1/conv2d_1/kernel");
    expect(b0.get("stages.1.0.project.norm.beta")).toBe("blocks_1/tpu_batch_normalization_2/beta");
    expect(b0.get("stages.1.0.squeeze.expand.bias")).toBe("blocks_1/se/conv2d_1/bias");
    const edge = of("efficientnet-edgetpu-s");
    expect(edge.get("stages.0.0.project.norm.mean")).toBe("blocks_0/tpu_batch_normalization_1/moving_mean");
  });

  it("ignores the slots of optimisers and the step, and averages win over plain copies wherever they stand", () => {
    const spec = getSpec("efficientnet-lite0");
    const plain = nameMap("tensorflow", spec).map(
      ({ foreign, foreignShape }) => [`efficientnet-lite0/${foreign}`, foreignShape] as const,
    );
    const average = plain.map(([name, shape]) => [`${name}/ExponentialMovingAverage`, shape] as const);
    const slots = plain.flatMap(([name, shape]) =>
      ["RMSProp", "RMSProp_1", "Momentum"].map((slot) => [`${name}/${slot}`, shape] as const),
    );
    const step = ["global_step", []] as const;
    for (const entries of [
      [...plain, ...average, ...slots, step],
      [step, ...slots, ...average, ...plain],
      average,
      plain,
    ]) {
      expect(checkWeights(spec, outline(entries)).fits).toBe(true);
    }
    expect(
      checkWeights(spec, outline([...plain, ...plain.map(([name, shape]) => [`copy/${name}`, shape] as const)])).fits,
    ).toBe(false);
  });

  it("has no names for the mixed kernels of CondConv", () => {
    expect(() => outlineOf("tensorflow", getSpec("efficientnet-condconv-b0-4e"))).toThrow(
      "tensorflow has no name for stages.4.0.routing.kernel",
    );
  });
});
