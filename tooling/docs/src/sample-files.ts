import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { initTensor } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import { foreignWeights, specForArch, writeSafetensors } from "@efficientnet/weights";
import sharp from "sharp";

/** The files that examples name. Weights are seeded, under the names that a published file has. */
const SAMPLES = { "photo.jpg": drawPhoto, "model.safetensors": seededWeights } as const;

export type SampleName = keyof typeof SAMPLES;

export const SAMPLE_NAMES = Object.keys(SAMPLES) as readonly SampleName[];

/** Makes every sample in a folder. */
export async function writeSamples(folder: string): Promise<void> {
  for (const name of SAMPLE_NAMES) await writeFile(join(folder, name), await SAMPLES[name]());
}

async function drawPhoto(): Promise<Uint8Array> {
  const [width, height] = [320, 240];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    pixels[i] = 128 + 127 * Math.sin((x * (1 + (i % 3)) + y * 2) / 20);
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** `timm/tf_efficientnetv2_b0`, which the front page loads. */
async function seededWeights(): Promise<Uint8Array> {
  const spec = specForArch("timm", "tf_efficientnetv2_b0");
  const tensors = new Map(tensorShapes(spec).map((tensor) => [tensor.name, tensor]));
  const read = (name: string) => {
    const tensor = tensors.get(name);
    if (tensor === undefined) throw new Error(`${spec.name} has no tensor ${name}`);
    return initTensor(tensor, 1);
  };
  return writeSafetensors(foreignWeights("timm", spec, read));
}
