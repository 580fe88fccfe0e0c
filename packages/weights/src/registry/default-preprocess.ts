import type { ArchitectureSpec, PreprocessSpec } from "@efficientnet/specs";
import type { Family } from "../families/family.js";
import { weightsEntries } from "./entries.js";
import { STATISTICS } from "./statistics.js";

/** A guess at the preprocessing of weights that come without an id. */
export interface DefaultPreprocess {
  readonly preprocess: PreprocessSpec;
  /** True when every published set of this family, network, padding and epsilon is prepared in this one way. */
  readonly certain: boolean;
}

/**
 * How the published weights of this family and network are prepared. Keras has one way for each network; timm has
 * several for most (AdvProp weights are normalised differently, for one), of which the commonest is returned. Without
 * any published weights the picture is brought to the evaluation resolution with ImageNet's statistics: squashed, as
 * transformers does, or cropped, as efficientnet_pytorch does (examples/imagenet/main.py).
 */
export function defaultPreprocess(family: Family, spec: ArchitectureSpec): DefaultPreprocess {
  const published = weightsEntries().filter(
    (entry) =>
      entry.family === family &&
      entry.variant === spec.name &&
      entry.padding === spec.padding &&
      entry.batchNorm.epsilon === spec.batchNorm.epsilon,
  );
  const ways = published.map(({ preprocess }) => JSON.stringify(preprocess));
  const votes = ways.map((way) => ways.filter((other) => other === way).length);
  const commonest = published[votes.indexOf(Math.max(...votes))];
  return {
    preprocess:
      commonest?.preprocess ?? toResolution(spec.resolution.eval, family === "lukemelas" ? "resize-crop" : "squash"),
    certain: new Set(ways).size === 1,
  };
}

function toResolution(size: number, mode: "squash" | "resize-crop"): PreprocessSpec {
  return { size, fit: { mode, resizeTo: size }, filter: "bicubic", method: "pillow", ...STATISTICS.imagenet };
}
