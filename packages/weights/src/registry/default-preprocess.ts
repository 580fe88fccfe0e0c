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

/** Graphs lose the names that their networks were trained under; Google's own code is where most come from. */
const TRAINED_UNDER: Readonly<Partial<Record<Family, Family>>> = { tflite: "tensorflow", "tfjs-graph": "tensorflow" };

/**
 * How the published weights of this family and network are prepared. Keras has one way for each network; timm has
 * several for most (AdvProp weights are normalised differently, for one), of which the commonest is returned. Without
 * any published weights the picture is squashed to the evaluation resolution with ImageNet's statistics.
 */
export function defaultPreprocess(family: Family, spec: ArchitectureSpec): DefaultPreprocess {
  const published = weightsEntries().filter(
    (entry) =>
      entry.family === (TRAINED_UNDER[family] ?? family) &&
      entry.variant === spec.name &&
      entry.padding === spec.padding &&
      entry.batchNorm.epsilon === spec.batchNorm.epsilon,
  );
  const ways = published.map(({ preprocess }) => JSON.stringify(preprocess));
  const votes = ways.map((way) => ways.filter((other) => other === way).length);
  const commonest = published[votes.indexOf(Math.max(...votes))];
  return {
    preprocess: commonest?.preprocess ?? squashed(spec.resolution.eval),
    certain: new Set(ways).size === 1,
  };
}

function squashed(size: number): PreprocessSpec {
  return { size, fit: { mode: "squash", resizeTo: size }, filter: "bicubic", method: "pillow", ...STATISTICS.imagenet };
}
