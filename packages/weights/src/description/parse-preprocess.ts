import type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "@efficientnet/specs";
import { asObject, damaged, parseObject } from "./parse-json.js";
import { MAX_SIDE } from "./parse-spec.js";
import { DESCRIPTION_KEYS } from "./weights-description.js";

const MAX_LENGTH = 10_000;

type Names<Name extends string> = Readonly<Record<Name, true>>;
const FILTERS: Names<ResampleFilter> = { nearest: true, bilinear: true, bicubic: true, lanczos: true, area: true };
const METHODS: Names<ResampleMethod> = { pillow: true, tensorflow: true, "tensorflow-antialias": true };
const MODES: Names<Fit["mode"]> = { "resize-crop": true, squash: true, border: true, "crop-resize": true };

/** Preprocessing from JSON that anybody may have written; fields that it does not know are left out. */
export function parsePreprocess(text: string): PreprocessSpec {
  const { size, fit, filter, method, mean, std } = parseObject(DESCRIPTION_KEYS.preprocess, text, MAX_LENGTH);
  return {
    size: pixels("size", size),
    fit: parseFit(asObject(`${DESCRIPTION_KEYS.preprocess}: fit`, fit)),
    filter: member("filter", filter, FILTERS),
    method: member("method", method, METHODS),
    mean: triple("mean", mean, (value) => Number.isFinite(value), "a number"),
    std: triple("std", std, (value) => Number.isFinite(value) && value > 0, "a positive number"),
  };
}

function parseFit({ mode, resizeTo, cropPadding }: Readonly<Record<string, unknown>>): Fit {
  const known = member("fit.mode", mode, MODES);
  if (known !== "crop-resize") return { mode: known, resizeTo: pixels("fit.resizeTo", resizeTo) };
  const padding = (value: number) => value >= 0 && value <= MAX_SIDE;
  return {
    mode: known,
    cropPadding: number("fit.cropPadding", cropPadding, padding, `a number from 0 to ${MAX_SIDE}`),
  };
}

function member<Name extends string>(field: string, value: unknown, names: Names<Name>): Name {
  if (typeof value === "string" && Object.hasOwn(names, value)) return value as Name;
  throw wrong(field, value, Object.keys(names).join(", "));
}

function pixels(field: string, value: unknown): number {
  const whole = (side: number) => Number.isInteger(side) && side > 0 && side <= MAX_SIDE;
  return number(field, value, whole, `a whole number from 1 to ${MAX_SIDE}`);
}

function triple(
  field: string,
  value: unknown,
  valid: (value: number) => boolean,
  expected: string,
): readonly [number, number, number] {
  const values: readonly unknown[] = Array.isArray(value) && value.length === 3 ? value : [];
  const at = (channel: number) => number(`${field}[${channel}]`, values[channel], valid, expected);
  return [at(0), at(1), at(2)];
}

function number(field: string, value: unknown, valid: (value: number) => boolean, expected: string): number {
  if (typeof value === "number" && valid(value)) return value;
  throw wrong(field, value, expected);
}

function wrong(field: string, value: unknown, expected: string): Error {
  const shown = (JSON.stringify(value) ?? "absent").slice(0, 100);
  return damaged(`${DESCRIPTION_KEYS.preprocess}: ${field} is ${shown}`, { expected });
}
