import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { featureLevels, getSpec, traceShapes } from "./index.js";

describe("featureLevels", () => {
  it.each(Object.entries(readFixture("architectures.json").models))("gives the endpoints of %s", (name, published) => {
    const spec = getSpec(name);
    const steps = traceShapes(spec, spec.resolution.eval);
    const levels = featureLevels(spec).map(({ stage, channels, reduction, name: block }) => {
      const output = steps.find((step) => step.name === block)?.output;
      return [(stage ?? -1) + 1, channels, output?.[1], reduction];
    });
    expect(levels).toEqual(published.endpoints);
  });

  it("names the last block before each halving", () => {
    expect(featureLevels(getSpec("efficientnet-b0"))).toEqual([
      { reduction: 2, channels: 16, name: "stages.0.0", stage: 0 },
      { reduction: 4, channels: 24, name: "stages.1.1", stage: 1 },
      { reduction: 8, channels: 40, name: "stages.2.1", stage: 2 },
      { reduction: 16, channels: 112, name: "stages.4.2", stage: 4 },
      { reduction: 32, channels: 320, name: "stages.6.0", stage: 6 },
    ]);
  });

  // As timm 1.0.29 reports them.
  it.each([
    ["efficientnetv2-rw-t", [24, 40, 48, 128, 208]],
    ["efficientnetv2-rw-m", [32, 56, 80, 192, 328]],
    ["mnasnet-small-timm", [8, 16, 16, 32, 144]],
  ])("gives %s the widths that timm reports", (name, channels) => {
    expect(featureLevels(getSpec(name)).map((level) => level.channels)).toEqual(channels);
  });

  it("takes the stem where no block has its size", () => {
    const spec = getSpec("efficientnet-b0");
    const levels = featureLevels({ ...spec, stages: spec.stages.slice(1) });
    expect(levels[0]).toEqual({ reduction: 2, channels: 32, name: "stem", stage: null });
  });
});
