import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { initTensor } from "@efficientnet/model";
import { tensorShapes } from "@efficientnet/specs";
import { foreignWeights, specForArch, writeSafetensors } from "@efficientnet/weights";
import sharp from "sharp";

/** What examples name, and what makes it. Weights are seeded, under the names that a published file has. */
const SAMPLES: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  "photo.jpg": () => drawPhoto(0),
  "examples/stripes/1.jpg": () => drawPhoto(1),
  "examples/waves/1.jpg": () => drawPhoto(20),
  "model.safetensors": seededWeights,
};

/** Makes every sample in a folder. */
export async function writeSamples(folder: string): Promise<void> {
  for (const [name, make] of Object.entries(SAMPLES)) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, await make());
  }
}

/** Sine waves of another phase in each colour; the slant tells one picture from another. */
async function drawPhoto(slant: number): Promise<Uint8Array> {
  const [width, height] = [320, 240];
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    pixels[i] = 128 + 127 * Math.sin((x * (1 + (i % 3)) + y * slant) / 20);
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
