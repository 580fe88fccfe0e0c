import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { getSpec, tensorShapes, VARIANT_NAMES, withClasses } from "./index.js";

const listed = (name: string, prefix: string) =>
  tensorShapes(getSpec(name))
    .filter((tensor) => tensor.name.startsWith(prefix))
    .map((tensor) => `${tensor.name.slice(prefix.length)} [${tensor.shape.join(",")}] ${tensor.role}`);

describe("tensorShapes", () => {
  it.each(VARIANT_NAMES)("names every tensor of %s once", (name) => {
    const names = tensorShapes(getSpec(name)).map((tensor) => tensor.name);
    expect(new Set(names).size).toBe(names.length);
  });

  it.each(Object.entries(readFixture("architectures.json").models))("gives %s its batch norms", (name, { norms }) => {
    expect(tensorShapes(getSpec(name)).filter(({ role }) => role === "gamma")).toHaveLength(norms);
  });

  it("gives an MBConv expansion, depthwise, squeeze-and-excitation and projection", () => {
    expect(listed("efficientnet-b0", "stages.1.0.")).toMatchInlineSnapshot(`
      [
        "expand.conv.kernel [1,1,16,96] conv-kernel",
        "expand.norm.gamma [96] gamma",
        "expand.norm.beta [96] beta",
        "expand.norm.mean [96] mean",
        "expand.norm.variance [96] variance",
        "depthwise.conv.kernel [3,3,96,1] depthwise-kernel",
        "depthwise.norm.gamma [96] gamma",
        "depthwise.norm.beta [96] beta",
        "depthwise.norm.mean [96] mean",
        "depthwise.norm.variance [96] variance",
        "squeeze.reduce.kernel [1,1,96,4] conv-kernel",
        "squeeze.reduce.bias [4] bias",
        "squeeze.expand.kernel [1,1,4,96] conv-kernel",
        "squeeze.expand.bias [96] bias",
        "project.conv.kernel [1,1,96,24] conv-kernel",
        "project.norm.gamma [24] gamma",
        "project.norm.beta [24] beta",
        "project.norm.mean [24] mean",
        "project.norm.variance [24] variance",
      ]
    `);
  });

  it("gives an MBConv of ratio 1 no expansion, a Fused-MBConv no depthwise", () => {
    const parts = (name: string, prefix: string) => [
      ...new Set(listed(name, prefix).map((line) => line.split(".")[0])),
    ];
    expect(parts("efficientnet-b0", "stages.0.0.")).toEqual(["depthwise", "squeeze", "project"]);
    expect(parts("efficientnetv2-s", "stages.1.0.")).toEqual(["expand", "project"]);
    expect(parts("efficientnetv2-s", "stages.0.0.")).toEqual(["expand"]);
  });

  it("puts CondConv's experts in front, behind a routing layer", () => {
    const kernels = listed("efficientnet-condconv-b0-4e", "stages.4.0.").filter((line) => line.includes("kernel ["));
    expect(kernels).toMatchInlineSnapshot(`
      [
        "routing.kernel [80,4] dense-kernel",
        "expand.conv.kernel [4,1,1,80,480] conv-kernel",
        "depthwise.conv.kernel [4,5,5,480,1] depthwise-kernel",
        "squeeze.reduce.kernel [1,1,480,20] conv-kernel",
        "squeeze.expand.kernel [1,1,20,480] conv-kernel",
        "project.conv.kernel [4,1,1,480,112] conv-kernel",
      ]
    `);
  });

  it("ends in head and classifier, or in the head", () => {
    const names = (classes: number | null) =>
      tensorShapes(withClasses(getSpec("test-efficientnet"), classes)).map(({ name, shape }) => [name, shape]);
    expect(names(7).slice(-2)).toEqual([
      ["classifier.kernel", [256, 7]],
      ["classifier.bias", [7]],
    ]);
    expect(names(null).at(-1)).toEqual(["head.norm.variance", [256]]);
  });
});
