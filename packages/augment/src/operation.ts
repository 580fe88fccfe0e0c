import type { Colour } from "@efficientnet/preprocess";
import type { GeometryFilter } from "./transform-picture.js";

/** Operations that take no argument. */
export type PlainOperationName = "AutoContrast" | "Equalize" | "Invert";

/** Operations on levels and colours. */
export type ToneOperationName =
  | "Posterize"
  | "Solarize"
  | "SolarizeAdd"
  | "Color"
  | "Contrast"
  | "Brightness"
  | "Sharpness";

/** Operations that move pixels. */
export type GeometryOperationName = "Rotate" | "ShearX" | "ShearY" | "TranslateX" | "TranslateY";

/** The sixteen operations of RandAugment and AutoAugment, under the names of the papers. */
export type OperationName = PlainOperationName | ToneOperationName | GeometryOperationName | "Cutout";

/** An operation on levels and colours with its argument. */
export interface ToneOperation {
  readonly op: ToneOperationName;
  /** Posterize: bits kept; Solarize: lowest level inverted; SolarizeAdd: levels added below 128; else a factor, 1 neutral. */
  readonly amount: number;
}

/** An operation that moves pixels, with its argument, filter and the colour of what is left empty. */
export interface GeometryOperation {
  readonly op: GeometryOperationName;
  /** Rotate: degrees counter-clockwise; shears: pixels per line; translations: pixels, left and up positive. */
  readonly amount: number;
  readonly filter: GeometryFilter;
  readonly fill: Colour;
}

/** A filled square. */
export interface CutoutOperation {
  readonly op: "Cutout";
  /** Half the side in pixels. */
  readonly amount: number;
  readonly centre: readonly [x: number, y: number];
  readonly fill: Colour;
}

/** One deterministic change of a picture, as data. */
export type Operation = { readonly op: PlainOperationName } | ToneOperation | GeometryOperation | CutoutOperation;
