import type { Colour } from "@efficientnet/preprocess";
import type { AffineMatrix } from "./affine-matrix.js";
import { lumaOf } from "./luma.js";
import type { OpaquePicture } from "./opaque-picture.js";
import { sampleBicubic } from "./sample-bicubic.js";
import { sampleBilinear } from "./sample-bilinear.js";
import { sampleNearest } from "./sample-nearest.js";

/** How pixels between pixels are found. */
export type GeometryFilter = "nearest" | "bilinear" | "bicubic";

/** Writes the pixels whose origin lies in the picture; the others stay as they are. */
type Sampler = (picture: OpaquePicture, matrix: AffineMatrix, into: Uint8Array) => void;

const SAMPLERS: Readonly<Record<GeometryFilter, Sampler>> = {
  nearest: sampleNearest,
  bilinear: sampleBilinear,
  bicubic: sampleBicubic,
};

/**
 * A picture of the same size under an affine map, filled where nothing comes from: every byte as Pillow's Geometry.c
 * computes it. Nothing is averaged: unlike a resize, it samples.
 */
export function transformPicture(
  picture: OpaquePicture,
  matrix: AffineMatrix,
  filter: GeometryFilter,
  fill: Colour,
): OpaquePicture {
  const colour = picture.channels === 3 ? fill : [lumaOf(...fill)];
  const data = new Uint8Array(picture.data.length);
  for (let i = 0; i < data.length; i++) data[i] = colour[i % colour.length]!;
  SAMPLERS[filter](picture, matrix, data);
  return { ...picture, data };
}
