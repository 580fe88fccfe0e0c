import { expandBlocks, getSpec } from "@efficientnet/specs";
import { describe, expect, it } from "vitest";
import { scaleFor } from "./axis.js";
import { barChart } from "./bars.js";
import { drawNetwork } from "./draw-network.js";
import { scatterChart } from "./scatter.js";

const count = (text: string, part: string) => text.split(part).length - 1;

describe("scaleFor", () => {
  it("begins and ends a linear axis at round numbers", () => {
    const { at, ticks } = scaleFor({ title: "ms" }, [0.13, 0.92]);
    expect(ticks).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect([at(0), at(0.5), at(1)]).toEqual([0, 0.5, 1]);
  });

  it("marks ratios on a logarithmic axis, and each decade where there are many", () => {
    expect(scaleFor({ title: "MACs", scale: "log" }, [2e6, 15e6]).ticks).toEqual([2e6, 3e6, 5e6, 10e6]);
    expect(scaleFor({ title: "MACs", scale: "log" }, [1e5, 9e8]).ticks).toEqual([1e5, 1e6, 1e7, 1e8]);
  });

  it("stays linear where values hardly differ, and has room for a single one", () => {
    expect(scaleFor({ title: "ms", scale: "log" }, [10, 20]).ticks).toEqual([10, 12, 14, 16, 18, 20]);
    const { at, ticks } = scaleFor({ title: "ms" }, [7, 7]);
    expect(ticks.length).toBeGreaterThan(1);
    expect(at(7)).toBeGreaterThanOrEqual(0);
  });

  it("leaves out what is no number", () => {
    expect(scaleFor({ title: "ms" }, [Number.NaN]).ticks).toEqual([]);
    expect(scaleFor({ title: "ms", scale: "log" }, [0, 10, 100, Number.POSITIVE_INFINITY]).ticks).toEqual([
      10, 20, 30, 50, 100,
    ]);
  });
});

describe("scatterChart", () => {
  const points = [
    { x: 1, y: 0.5, title: "a < b" },
    { x: 2, y: Number.NaN, title: "nowhere" },
    { x: 3, y: 0.7, title: "c" },
  ];
  const chart = scatterChart({
    title: "accuracy & cost",
    x: { title: "ms" },
    y: { title: "accuracy" },
    series: [{ name: "all", colour: "#123", points, line: true }],
  });

  it("draws every point that is one, with what it says", () => {
    // One circle belongs to the legend.
    expect(count(chart, "<circle")).toBe(3);
    expect(chart).toContain("<title>a &lt; b</title>");
    expect(chart).not.toContain("nowhere");
    expect(chart).toContain('aria-label="accuracy &amp; cost"');
    expect(chart).not.toContain("NaN");
  });
});

describe("barChart", () => {
  it("draws the longest bar as wide as there is room for", () => {
    const bar = (value: number) => ({ value, colour: "#123", text: `${value} ms` });
    const chart = barChart("times", [{ name: "block", bars: [bar(2), bar(4)] }], { MBConv: "#123" });
    const widths = [...chart.matchAll(/height="12" fill="#123"/g)];
    expect(widths).toHaveLength(2);
    expect(
      [...chart.matchAll(/<rect x="260"[^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width)).slice(1),
    ).toEqual([155, 310]);
  });
});

describe("drawNetwork", () => {
  it("has a box for every block, an arc for every residual, and a row for stem, stages and head", () => {
    const spec = getSpec("efficientnetv2-s");
    const drawn = drawNetwork(spec, 224);
    const blocks = expandBlocks(spec);
    expect(count(drawn, "<rect")).toBe(blocks.length + 2);
    expect(count(drawn, "<path")).toBe(blocks.filter(({ residual }) => residual).length);
    expect(drawn).toContain(
      "stages.3.0: mbconv, 3x3, stride 2\n64 &gt; 256 &gt; 128 channels\nsqueeze-and-excitation 16",
    );
    expect(drawn).toContain("MBConv6 7x7");
  });
});
