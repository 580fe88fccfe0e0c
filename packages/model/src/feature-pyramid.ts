import type { ArchitectureSpec } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { forwardMaps } from "./forward.js";
import type { NetworkParams } from "./params.js";
import { type LevelName, resolveLevels } from "./resolve-levels.js";

/** One level of the pyramid. */
export interface FeatureMap {
  /** Position of the level, never negative, or "head". */
  readonly level: LevelName;
  /** Input pixels per map pixel. */
  readonly reduction: number;
  /** `[N, H/reduction, W/reduction, channels]`; the caller disposes it. */
  readonly map: tf.Tensor4D;
}

/**
 * The feature pyramid: the last map of each resolution, finest first, and the head map where asked for. One pass
 * computes them all. Levels are those of `featureLevels(spec)`: reductions 2, 4, 8, 16 and 32 for every published net.
 */
export function featurePyramid(
  spec: ArchitectureSpec,
  params: NetworkParams,
  x: tf.Tensor4D,
  levels?: readonly LevelName[],
): readonly FeatureMap[] {
  const wanted = resolveLevels(spec, levels);
  const names = new Set(wanted.map(({ part }) => part));
  const maps = new Map<string, tf.Tensor4D>();
  return tf.tidy(() => {
    const head = forwardMaps(spec, params, x, { training: false }, (part, map) => {
      if (!names.has(part.name)) return false;
      maps.set(part.name, map);
      return true;
    });
    maps.set("head", head);
    return wanted.map(({ part, level, reduction }) => {
      const map = maps.get(part) as tf.Tensor4D;
      // The same level asked for twice gets a tensor of its own, so that each can be disposed.
      return { level, reduction, map: tf.clone(map) };
    });
  }) as readonly FeatureMap[];
}
