import type { DecodePicture, EfficientNet, EfficientNetParts } from "./efficient-net.js";
import { networkOfPictures } from "./network-of-pictures.js";
import { tfjsRunner } from "./tfjs-runner.js";

/** Puts a network together from its parts, on a backend of tfjs: `load` without the loading. */
export function createEfficientNet<Source>(
  parts: EfficientNetParts,
  decode: DecodePicture<Source>,
): EfficientNet<Source> {
  return networkOfPictures({ ...parts, runner: tfjsRunner(parts) }, decode);
}
