import { describe, expect, it } from "vitest";
import { type ArgumentTable, argumentAt } from "./argument-rule.js";
import { GOOGLE_AUTO_ARGUMENTS, GOOGLE_RAND_ARGUMENTS, TIMM_ARGUMENTS } from "./argument-tables.js";
import { readGoldens } from "./testing/golden.js";

interface Row {
  readonly rotate_deg: number;
  readonly posterize_bits_kept: number;
  readonly solarize_threshold: number;
  readonly solarize_add: number;
  readonly enhance_factor: number;
  readonly shear: number;
  readonly translate_px_ra: number;
  readonly translate_px_aa: number;
  readonly cutout_pad_ra: number;
  readonly cutout_pad_aa: number;
}

const { googleTable } = readGoldens<{ readonly googleTable: Readonly<Record<string, Row>> }>("policies.json");

function at(table: ArgumentTable, name: string, magnitude: number, negative = false, side = 1): number {
  const rule = table[name];
  if (rule === undefined || !("scale" in rule)) throw new Error(`${name} takes no argument`);
  return argumentAt(rule.scale, magnitude, negative, side);
}

describe("Google's arguments", () => {
  it.each(Object.entries(googleTable))("at magnitude %s are those of the released code", (key, row) => {
    const magnitude = Number(key);
    const rand = (name: string): number => at(GOOGLE_RAND_ARGUMENTS, name, magnitude);
    expect({
      rotate_deg: rand("Rotate"),
      posterize_bits_kept: rand("Posterize"),
      solarize_threshold: rand("Solarize"),
      solarize_add: rand("SolarizeAdd"),
      enhance_factor: Number(rand("Color").toFixed(12)),
      shear: Number(rand("ShearX").toFixed(12)),
      translate_px_ra: rand("TranslateX"),
      translate_px_aa: at(GOOGLE_AUTO_ARGUMENTS, "TranslateX", magnitude),
      cutout_pad_ra: rand("Cutout"),
      cutout_pad_aa: at(GOOGLE_AUTO_ARGUMENTS, "Cutout", magnitude),
    }).toEqual(row);
  });

  it.each(["Rotate", "ShearX", "ShearY", "TranslateX", "TranslateY"])("of %s may be negative", (name) => {
    expect(at(GOOGLE_RAND_ARGUMENTS, name, 7, true)).toBe(-at(GOOGLE_RAND_ARGUMENTS, name, 7, false));
  });

  it("of colour, contrast, brightness and sharpness change nothing at 5", () => {
    for (const name of ["Color", "Contrast", "Brightness", "Sharpness"]) {
      expect(at(GOOGLE_RAND_ARGUMENTS, name, 5)).toBe(1);
    }
  });
});

describe("timm's arguments", () => {
  it.each([
    { name: "Posterize", magnitude: 9, argument: 3 },
    { name: "PosterizeIncreasing", magnitude: 9, argument: 1 },
    { name: "PosterizeOriginal", magnitude: 9, argument: 7 },
    { name: "Solarize", magnitude: 9, argument: 230 },
    { name: "Solarize", magnitude: 15, argument: 256 },
    { name: "SolarizeIncreasing", magnitude: 9, argument: 26 },
    { name: "SolarizeIncreasing", magnitude: 15, argument: 0 },
    { name: "SolarizeAdd", magnitude: 9, argument: 99 },
    { name: "SolarizeAdd", magnitude: 15, argument: 128 },
    { name: "Color", magnitude: 10, argument: 1.9 },
    { name: "ColorIncreasing", magnitude: 10, argument: 1.9 },
    { name: "Rotate", magnitude: 10, argument: 30 },
    { name: "TranslateY", magnitude: 10, argument: 250 },
  ])("$name at $magnitude is $argument", ({ name, magnitude, argument }) => {
    expect(at(TIMM_ARGUMENTS, name, magnitude)).toBeCloseTo(argument, 12);
  });

  it("enhance downwards as far as 0.1", () => {
    expect(at(TIMM_ARGUMENTS, "ContrastIncreasing", 5, true)).toBeCloseTo(0.55, 12);
    expect(at(TIMM_ARGUMENTS, "ContrastIncreasing", 20, true)).toBe(0.1);
  });

  it("translate by a share of the side", () => {
    expect(at(TIMM_ARGUMENTS, "TranslateXRel", 10, true, 200)).toBe(-90);
  });
});
