import { describe, expect, it } from "vitest";
import { readFixture } from "../fixtures/read-fixture.js";
import { expandBlocks, getSpec } from "./index.js";

const published = Object.entries(readFixture("blocks.json").models);
const byName = (name: string) => expandBlocks(getSpec(name));

describe("expandBlocks", () => {
  it("is checked against 18 networks, 792 blocks", () => {
    expect(published).toHaveLength(18);
    expect(published.reduce((sum, [, rows]) => sum + rows.length, 0)).toBe(792);
  });

  it.each(published)("gives the published blocks of %s, drop rates included", (name, rows) => {
    const blocks = byName(name);
    expect(
      blocks.map((block) => [
        block.stage + 1,
        block.kind === "mbconv" ? "mbconv" : "fused",
        block.kernelSize,
        block.stride,
        block.inChannels,
        block.expandedChannels,
        block.outChannels,
        block.squeezeChannels,
        block.residual,
      ]),
    ).toEqual(rows.map((row) => row.slice(0, 9)));
    // The published rates have 8 decimals, and are given to blocks without a shortcut too.
    expect(blocks.map(({ dropPathRate }) => Number(dropPathRate.toFixed(8)))).toEqual(
      rows.map(([, , , , , , , , shortcut, rate]) => (shortcut ? rate : 0)),
    );
    expect(blocks.map(({ index }) => index)).toEqual([...rows.keys()]);
  });

  it("names blocks by stage and position, and ramps stochastic depth over all of them", () => {
    const blocks = byName("efficientnet-b0");
    expect(blocks.slice(0, 4).map(({ name }) => name)).toEqual([
      "stages.0.0",
      "stages.1.0",
      "stages.1.1",
      "stages.2.0",
    ]);
    expect(blocks[2]?.dropPathRate).toBeCloseTo(0.025, 12);
    expect(blocks[14]?.dropPathRate).toBeCloseTo(0.175, 12);
  });

  it("lets the real stem width pass through a first block without expansion (Lite3)", () => {
    const [first] = byName("efficientnet-lite3");
    expect(getSpec("efficientnet-lite3").stages[0]?.inChannels).toBe(40);
    expect(first).toMatchObject({ inChannels: 32, expandedChannels: 32, outChannels: 24, residual: false });
  });

  it("computes the first expansion from the nominal width (EdgeTPU)", () => {
    expect(byName("efficientnet-edgetpu-s")[0]).toMatchObject({ inChannels: 32, expandedChannels: 96 });
    expect(byName("efficientnet-edgetpu-l")[0]).toMatchObject({ inChannels: 40, expandedChannels: 128 });
  });

  it("gives the second block of that stage its own width, and no shortcut (EdgeTPU-M)", () => {
    expect(byName("efficientnet-edgetpu-m")[1]).toMatchObject({
      name: "stages.0.1",
      inChannels: 24,
      expandedChannels: 96,
      stride: 1,
      residual: false,
      dropPathRate: 0,
    });
  });

  it("drops the projection of V2's first stage and keeps it in timm's rw nets", () => {
    expect(byName("efficientnetv2-s")[0]).toMatchObject({ kind: "fused-mbconv", expands: true, projects: false });
    expect(byName("efficientnetv2-rw-s")[0]).toMatchObject({ kind: "fused-mbconv", expands: true, projects: true });
  });

  it("takes a stage's own activation before the network's", () => {
    const spec = getSpec("mnasnet-b1");
    const stages = spec.stages.map((stage, index) =>
      index === 1 ? ({ ...stage, activation: "hard-swish" } as const) : stage,
    );
    expect(expandBlocks({ ...spec, stages }).map(({ activation }) => activation)).toEqual([
      "relu",
      ...["hard-swish", "hard-swish", "hard-swish"],
      ...Array.from({ length: 13 }, () => "relu"),
    ]);
  });

  it("never squeezes or expands to less than one channel", () => {
    const spec = getSpec("efficientnet-b0");
    const stages = spec.stages.map((stage) => ({ ...stage, seRatio: 0.001, expandRatio: 0.001 }));
    const blocks = expandBlocks({ ...spec, stages });
    expect(blocks.every(({ squeezeChannels, expandedChannels }) => squeezeChannels + expandedChannels === 2)).toBe(
      true,
    );
  });
});
