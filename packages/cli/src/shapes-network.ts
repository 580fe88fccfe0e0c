import { readFile } from "node:fs/promises";
import type { Report } from "./report.js";

/** The classes of the network that comes with this package. */
const SHAPES_CLASSES = "checks, cross, disc, dots, ring, rings, star, stripes, triangle, waves";

/**
 * The network that comes with this package, after saying what it is. Beside this module's folder, whether that is the
 * source or what was built.
 */
export async function shapesNetwork(report: Report): Promise<Uint8Array> {
  report.warn(
    `no --weights and no --model: the small EfficientNetV2 of the demo answers, which knows drawn shapes and textures only: ${SHAPES_CLASSES}`,
  );
  return readFile(new URL("../assets/shapes.safetensors", import.meta.url));
}
