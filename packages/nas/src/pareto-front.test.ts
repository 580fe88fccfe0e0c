import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dominates, hypervolume, type Objective, paretoFront } from "./index.js";

interface Network {
  readonly name: string;
  readonly accuracy: number;
  readonly macs: number;
}

/** Published figures of EfficientNet, and two networks that are worse. */
const networks: readonly Network[] = [
  { name: "b0", accuracy: 77.1, macs: 0.39 },
  { name: "worse-b0", accuracy: 76, macs: 0.39 },
  { name: "b1", accuracy: 79.1, macs: 0.7 },
  { name: "b3", accuracy: 81.6, macs: 1.8 },
  { name: "slower-b1", accuracy: 79.1, macs: 0.8 },
];
const objectives: readonly Objective<Network>[] = [
  { goal: "maximise", value: ({ accuracy }) => accuracy },
  { goal: "minimise", value: ({ macs }) => macs },
];

type Point = readonly [number, number, number];
const anyPoint: fc.Arbitrary<Point> = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(6));
const axes: readonly Objective<Point>[] = [
  { goal: "maximise", value: ([x]) => x },
  { goal: "minimise", value: ([, y]) => y },
  { goal: "maximise", value: ([, , z]) => z },
];

describe("paretoFront", () => {
  it("keeps the networks that none beats in both accuracy and cost", () => {
    expect(paretoFront(networks, objectives).map(({ name }) => name)).toEqual(["b0", "b1", "b3"]);
  });

  it("keeps equals, and leaves out what was not measured", () => {
    const twin = { name: "twin", accuracy: 77.1, macs: 0.39 };
    const failed = { name: "failed", accuracy: Number.NaN, macs: 0.1 };
    expect(paretoFront([...networks, twin, failed], objectives).map(({ name }) => name)).toEqual([
      "b0",
      "b1",
      "b3",
      "twin",
    ]);
  });

  it("compares what is infinite", () => {
    const endless = { name: "endless", accuracy: 77.2, macs: Number.POSITIVE_INFINITY };
    const worse = { name: "worse", accuracy: 77.1, macs: Number.POSITIVE_INFINITY };
    expect(paretoFront([worse, endless], objectives)).toEqual([endless]);
  });

  it("is empty of nothing", () => {
    expect(paretoFront([], objectives)).toEqual([]);
  });

  it("has no member that another dominates, and dominates or equals everything else", () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 12 }), (points) => {
        const front = paretoFront(points, axes);
        for (const point of points) {
          const beaten = points.some((other) => dominates(other, point, axes));
          expect(front.includes(point)).toBe(!beaten);
          if (beaten) expect(front.some((member) => dominates(member, point, axes))).toBe(true);
        }
      }),
    );
  });
});

describe("hypervolume", () => {
  it("is the area between a front and a worse reference", () => {
    // 70 to 77.1 at 0.61 saved, 77.1 to 79.1 at 0.3.
    expect(hypervolume(networks, objectives, [70, 1])).toBeCloseTo(7.1 * 0.61 + 2 * 0.3, 12);
  });

  it("is a length with one objective, and nothing without a better item", () => {
    expect(hypervolume(networks, objectives.slice(0, 1), [80])).toBeCloseTo(1.6, 12);
    expect(hypervolume(networks, objectives, [90, 1])).toBe(0);
    expect(hypervolume([], objectives, [0, 1])).toBe(0);
  });

  it("counts the unit cubes that a set of whole points covers, in three objectives", () => {
    const cells = Array.from({ length: 6 ** 3 }, (_, i) => [i % 6, Math.floor(i / 6) % 6, Math.floor(i / 36)] as const);
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 8 }), (points) => {
        const covered = cells.filter(([x, y, z]) => points.some(([a, b, c]) => a > x && b <= y && c > z));
        expect(hypervolume(points, axes, [0, 6, 0])).toBe(covered.length);
      }),
    );
  });

  it("is that of the front alone", () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { maxLength: 12 }), (points) => {
        expect(hypervolume(paretoFront(points, axes), axes, [0, 6, 0])).toBe(hypervolume(points, axes, [0, 6, 0]));
      }),
    );
  });

  it("refuses a reference of other objectives", () => {
    expect(() => hypervolume(networks, objectives, [70])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reference has 1 values
        expected: 2, one per objective]
    `);
    expect(() => hypervolume(networks, objectives, [Number.NaN, 1])).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: the reference holds NaN
        expected: finite numbers]
    `);
  });
});
