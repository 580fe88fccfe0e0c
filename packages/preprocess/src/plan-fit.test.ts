import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planFit } from "./plan-fit.js";

const spec = { size: 224, fit: { mode: "resize-crop", resizeTo: 256 } } as const;

describe("planFit", () => {
  it("truncates the longer side and rounds the offset half to even, as torchvision does", () => {
    expect(planFit({ width: 317, height: 239 }, spec)).toEqual({
      source: { x: 0, y: 0, width: 317, height: 239 },
      resized: { width: 339, height: 256 },
      window: { x: 58, y: 16, width: 224, height: 224 },
    });
  });

  it("lets the window reach outside where the crop is larger", () => {
    const { resized, window } = planFit({ width: 100, height: 300 }, { size: 9, fit: { mode: "border", resizeTo: 6 } });
    expect({ resized, window }).toEqual({
      resized: { width: 2, height: 6 },
      window: { x: -3, y: -1, width: 9, height: 9 },
    });
  });

  it("crops before it resizes in Google's form", () => {
    const google = { size: 224, fit: { mode: "crop-resize", cropPadding: 32 } } as const;
    expect(planFit({ width: 317, height: 239 }, google).source).toEqual({ x: 54, y: 15, width: 209, height: 209 });
  });

  it("keeps the proportions of an input that is not square", () => {
    const wide = { width: 160, height: 80 };
    const google = { size: 224, fit: { mode: "crop-resize", cropPadding: 0 } } as const;
    expect(planFit({ width: 100, height: 100 }, google, wide).source).toEqual({ x: 0, y: 25, width: 100, height: 50 });
    const { resized } = planFit(
      { width: 100, height: 100 },
      { size: 10, fit: { mode: "resize-crop", resizeTo: 10 } },
      wide,
    );
    expect(resized).toEqual({ width: 160, height: 160 });
  });

  it("sees pixels of every picture in every fit, and only those", () => {
    const side = fc.integer({ min: 1, max: 3000 });
    const fit = fc.oneof(
      fc.record({
        mode: fc.constantFrom("resize-crop" as const, "squash" as const, "border" as const),
        resizeTo: fc.integer({ min: 1, max: 700 }),
      }),
      fc.record({ mode: fc.constant("crop-resize" as const), cropPadding: fc.integer({ min: 0, max: 100 }) }),
    );
    fc.assert(
      fc.property(side, side, side, fit, (width, height, size, fit) => {
        const { source, resized, window } = planFit({ width, height }, { size, fit });
        expect(source.x >= 0 && source.x + source.width <= width && source.width >= 1).toBe(true);
        expect(source.y >= 0 && source.y + source.height <= height && source.height >= 1).toBe(true);
        expect(resized.width >= 1 && resized.height >= 1).toBe(true);
        expect([window.width, window.height]).toEqual([size, size]);
        expect(window.x < resized.width && window.x + size > 0).toBe(true);
        expect(window.y < resized.height && window.y + size > 0).toBe(true);
      }),
    );
  });
});
