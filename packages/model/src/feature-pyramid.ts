import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, type FeatureLevel, featureLevels } from "@efficientnet/specs";
import * as tf from "@tensorflow/tfjs-core";
import { forwardMaps } from "./forward.js";
import type { NetworkParams } from "./params.js";

/** A level by its position (0 is the finest, -1 the coarsest), or the map of the head convolution. */
export type LevelName = number | "head";

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
  const known = featureLevels(spec);
  const wanted = (levels ?? known.map((_, level) => level)).map((level) => resolveLevel(spec, known, level));
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

function resolveLevel(spec: ArchitectureSpec, known: readonly FeatureLevel[], level: LevelName) {
  const last = known.at(-1);
  if (level === "head") return { part: "head", level, reduction: last?.reduction ?? spec.stem.stride };
  const found = Number.isInteger(level) ? known.at(level) : undefined;
  if (found === undefined || level < -known.length) {
    throw new EfficientNetError("invalid-argument", `${spec.name} has no feature level ${level}`, {
      expected: `0 to ${known.length - 1}, -${known.length} to -1, or "head"`,
      received: String(level),
    });
  }
  return { part: found.name, level: known.indexOf(found), reduction: found.reduction };
}
