import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Picture } from "@efficientnet/preprocess";
import sharp from "sharp";

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));

/** A grey or RGB picture. */
export async function readPng(name: string): Promise<Picture> {
  const file = sharp(fixture(name));
  const isGrey = (await file.metadata()).channels === 1;
  const pixels = isGrey ? file.toColourspace("b-w") : file.removeAlpha();
  const { data, info } = await pixels.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: isGrey ? 1 : 3 };
}

export const readGoldens = <Goldens>(name: string): Goldens =>
  JSON.parse(readFileSync(fixture(name), "utf8")) as Goldens;
