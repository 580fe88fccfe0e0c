import { mkdirSync } from "node:fs";
import { join } from "node:path";
import sharp from "sharp";
import { drawPicture } from "./draw-picture.js";
import { CLASSES } from "./shapes.js";

/** Draws pictures of every class into a folder of their own, as PNG files; answers with the number of files. */
export async function drawFolder(folder: string, seed: number, perClass: number): Promise<number> {
  for (const label of CLASSES) {
    mkdirSync(join(folder, label), { recursive: true });
    // Encoding runs in threads of its own while the next are drawn.
    await Promise.all(Array.from({ length: perClass }, (_, index) => writePicture(folder, label, seed, index)));
  }
  return perClass * CLASSES.length;
}

async function writePicture(folder: string, label: string, seed: number, index: number): Promise<void> {
  const { data, width, height, channels } = drawPicture(label, seed, index);
  const file = join(folder, label, `${String(index).padStart(4, "0")}.png`);
  await sharp(data, { raw: { width, height, channels } }).png({ compressionLevel: 1 }).toFile(file);
}
