import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import sharp from "sharp";
import type { Picture } from "../picture.js";

export const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

export async function readRgbPng(name: string): Promise<Picture> {
  const { data, info } = await sharp(fixture(name)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: 3 };
}

/** Sampled values of a reference result, with the mean and standard deviation of all of them. */
export interface Summary {
  readonly shape: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

export interface PillowGoldens {
  readonly resize: Readonly<Record<string, { readonly to: readonly [number, number]; readonly filter: string }>>;
  readonly transforms: Readonly<Record<string, Summary & Readonly<Record<string, unknown>>>>;
}

export interface TensorFlowGoldens {
  readonly resize: Readonly<
    Record<
      string,
      Summary & { readonly to: readonly [number, number]; readonly method: string; readonly antialias: boolean }
    >
  >;
  readonly transforms: Readonly<Record<string, Summary & { readonly crop: readonly [number, number, number, number] }>>;
}

export const readGoldens = <Goldens>(name: string): Goldens =>
  JSON.parse(readFileSync(fixture(name), "utf8")) as Goldens;

/** Largest difference at the sampled places. */
export const worstAt = (values: ArrayLike<number>, golden: Summary): number =>
  Math.max(...golden.at.map((at, i) => Math.abs(values[at]! - golden.values[i]!)));

export function meanAndStd(values: ArrayLike<number>): { readonly mean: number; readonly std: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += (values[i]! - mean) ** 2;
  return { mean, std: Math.sqrt(squares / values.length) };
}
