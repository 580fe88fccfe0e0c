import { EfficientNetError, unknownName } from "@efficientnet/errors";
import type { Fit, PreprocessSpec, ResampleFilter, ResampleMethod } from "@efficientnet/specs";
import type { Resampling } from "./resample.js";

const filters: Record<ResampleFilter, true> = {
  nearest: true,
  bilinear: true,
  bicubic: true,
  lanczos: true,
  area: true,
};
const methods: Record<ResampleMethod, true> = { pillow: true, tensorflow: true, "tensorflow-antialias": true };
const modes: Record<Fit["mode"], true> = { "resize-crop": true, squash: true, border: true, "crop-resize": true };

/** Throws `unknown-name` for a filter or method outside the known ones: specs also arrive as JSON. */
export function checkResampling({ filter, method }: Resampling): void {
  known("filter", filter, filters);
  known("resampling method", method, methods);
}

/** Throws `invalid-argument` or `unknown-name` unless every field of the spec can be used. */
export function checkSpec(spec: PreprocessSpec): void {
  checkResampling(spec);
  known("fit", spec.fit.mode, modes);
  wholePositive("size", spec.size);
  if (spec.fit.mode === "crop-resize") finite("fit.cropPadding", spec.fit.cropPadding, (x) => x >= 0, "zero or more");
  else wholePositive("fit.resizeTo", spec.fit.resizeTo);
  for (let c = 0; c < 3; c++) {
    finite(`mean[${c}]`, spec.mean[c], () => true, "a number");
    finite(`std[${c}]`, spec.std[c], (x) => x > 0, "a positive number");
  }
}

/** Throws `invalid-argument` unless the value is a whole, positive number of pixels. */
export function wholePositive(name: string, value: number): void {
  finite(name, value, (x) => Number.isInteger(x) && x > 0, "a whole, positive number of pixels");
}

function finite(name: string, value: number | undefined, valid: (x: number) => boolean, expected: string): void {
  if (typeof value !== "number" || !Number.isFinite(value) || !valid(value)) {
    throw new EfficientNetError("invalid-argument", `${name} is ${value}`, { expected });
  }
}

function known<Name extends string>(kind: string, name: Name, names: Record<Name, true>): void {
  if (!Object.hasOwn(names, name)) throw unknownName(kind, String(name), Object.keys(names));
}
