import type { Picture, Rectangle } from "@efficientnet/preprocess";
import { cropPicture, resizePicture } from "@efficientnet/preprocess";
import { seededRandom } from "@efficientnet/random";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CropRecipe, EFFICIENTNET_CROP, EFFICIENTNET_V2_CROP, TIMM_CROP } from "./crop-recipe.js";
import { drawCrop } from "./draw-crop.js";
import { flipPicture } from "./flip-picture.js";
import { inceptionCrop } from "./inception-crop.js";
import { readPng } from "./testing/golden.js";
import { anyPicture } from "./testing/pictures.js";

const recipes = { EFFICIENTNET_CROP, EFFICIENTNET_V2_CROP, TIMM_CROP };
const size = { width: 640, height: 480 };

function drawMany(recipe: CropRecipe, picture = size, count = 3000): readonly Rectangle[] {
  return Array.from({ length: count }, (_, seed) => drawCrop(picture, 224, recipe, seededRandom(9, seed)));
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const shareOf = ({ width, height }: Rectangle): number => (width * height) / (size.width * size.height);

describe("drawCrop", () => {
  it.each(Object.entries(recipes))("of %s lies in the picture, whatever its size", (_, recipe) => {
    const side = fc.integer({ min: 1, max: 900 });
    fc.assert(
      fc.property(side, side, fc.integer(), (width, height, seed) => {
        const crop = drawCrop({ width, height }, 224, recipe, seededRandom(seed));
        expect(Object.values(crop).every(Number.isInteger)).toBe(true);
        expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(crop.width, crop.height)).toBeGreaterThanOrEqual(1);
        expect(crop.x + crop.width).toBeLessThanOrEqual(width);
        expect(crop.y + crop.height).toBeLessThanOrEqual(height);
      }),
    );
  });

  it.each([
    { name: "EFFICIENTNET_CROP", recipe: EFFICIENTNET_CROP, least: 0.1, below: 0.12, narrowest: 3 / 4, widest: 4 / 3 },
    {
      name: "EFFICIENTNET_V2_CROP",
      recipe: EFFICIENTNET_V2_CROP,
      least: 0.05,
      below: 0.07,
      narrowest: 0.75,
      widest: 1.33,
    },
    { name: "TIMM_CROP", recipe: TIMM_CROP, least: 0.08, below: 0.09, narrowest: 3 / 4, widest: 4 / 3 },
  ])(
    "of $name keeps to its areas and aspects, and reaches the smallest",
    ({ recipe, least, below, narrowest, widest }) => {
      const crops = drawMany(recipe);
      const areas = crops.map(shareOf);
      // Sides are whole pixels: what timm draws may end a little below.
      expect(Math.min(...areas)).toBeGreaterThan(least - 0.001);
      expect(Math.min(...areas)).toBeLessThan(below);
      for (const { width, height } of crops) {
        expect(width).toBeGreaterThan(height * narrowest - 1);
        expect(width).toBeLessThan(height * widest + 1);
      }
    },
  );

  it("of timm draws areas uniformly, but for those that do not fit; TensorFlow draws heights", () => {
    const small = { ...TIMM_CROP, area: [0.1, 0.5] as const };
    expect(Math.abs(meanOf(drawMany(small).map(shareOf)) - 0.3)).toBeLessThan(0.01);
    const heights = drawMany({ ...small, method: "tensorflow", aspect: [1, 1] }).map(({ height }) => height);
    const [low, high] = [Math.sqrt(0.1 * 640 * 480), Math.sqrt(0.5 * 640 * 480)];
    expect(Math.abs(meanOf(heights) - (low + high) / 2)).toBeLessThan(4);
  });

  it("reaches the last place with timm, and with TensorFlow the last but one", () => {
    const square = { ...TIMM_CROP, area: [0.24, 0.26] as const, aspect: [1, 1] as const };
    const places = (recipe: CropRecipe): ReadonlySet<number> =>
      new Set(drawMany(recipe, { width: 4, height: 4 }, 300).map(({ x }) => x));
    expect(places(square)).toEqual(new Set([0, 1, 2]));
    expect(places({ ...square, method: "tensorflow" })).toEqual(new Set([0, 1]));
  });

  it.each([
    { fallback: "whole", crop: { x: 0, y: 0, width: 640, height: 480 } },
    { fallback: "centre-in-aspect", crop: { x: 80, y: 0, width: 480, height: 480 } },
    { fallback: { padding: 32 }, crop: { x: 110, y: 30, width: 420, height: 420 } },
  ] as const)("falls back to $fallback without an attempt left", ({ fallback, crop }) => {
    const recipe: CropRecipe = { ...TIMM_CROP, aspect: [1, 1], attempts: 0, fallback };
    expect(drawCrop(size, 224, recipe, seededRandom(1))).toEqual(crop);
  });

  it("of a tall picture falls back within the aspects", () => {
    expect(drawCrop({ width: 90, height: 300 }, 224, { ...TIMM_CROP, attempts: 0 }, seededRandom(1))).toEqual({
      x: 0,
      y: 90,
      width: 90,
      height: 120,
    });
  });

  it("takes a crop of the whole picture for a failure where Google's code does", () => {
    const whole: CropRecipe = { ...EFFICIENTNET_CROP, area: [1, 1], aspect: [1, 1] };
    expect(drawCrop({ width: 64, height: 64 }, 224, whole, seededRandom(1))).toEqual({
      x: 4,
      y: 4,
      width: 56,
      height: 56,
    });
  });

  it("refuses a recipe with impossible numbers", () => {
    const draw = (part: Partial<CropRecipe>) => () => drawCrop(size, 224, { ...TIMM_CROP, ...part }, seededRandom(1));
    expect(draw({ area: [0.5, 1.5] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: area is 0.5 to 1.5
        expected: two finite numbers above 0, at most 1, the smaller first]
    `);
    expect(draw({ aspect: [2, 1] })).toThrowErrorMatchingInlineSnapshot(`
      [EfficientNetError: aspect is 2 to 1
        expected: two finite numbers above 0, the smaller first]
    `);
    expect(draw({ attempts: 0.5 })).toThrow("attempts is 0.5");
    expect(draw({ minCovered: 2 })).toThrow("minCovered is 2");
  });
});

describe("inceptionCrop", () => {
  it("cuts out what drawCrop says and resizes it", async () => {
    const small = await readPng("small.png");
    const rectangle = drawCrop(small, 32, TIMM_CROP, seededRandom(6));
    const expected = resizePicture(cropPicture(small, rectangle), { width: 32, height: 32 }, { filter: "bilinear" });
    expect(inceptionCrop(small, 32, TIMM_CROP, seededRandom(6), { filter: "bilinear" })).toEqual(expected);
  });
});

describe("flipPicture", () => {
  it("mirrors left to right", () => {
    const picture: Picture = { data: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9), width: 3, height: 1, channels: 3 };
    expect(Array.from(flipPicture(picture).data)).toEqual([7, 8, 9, 4, 5, 6, 1, 2, 3]);
  });

  it("changes nothing, the second time", () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        expect(flipPicture(flipPicture(picture))).toEqual(picture);
      }),
    );
  });
});
