import { EfficientNetError } from "@efficientnet/errors";
import { type ArchitectureSpec, type FeatureLevel, featureLevels } from "@efficientnet/specs";

/** A level by its position (0 is the finest, -1 the coarsest), or the map of the head convolution. */
export type LevelName = number | "head";

/** A level of a network, found. */
export interface ResolvedLevel {
  /** The part of the network whose output it is: a block such as `stages.2.1`, `stem` or `head`. */
  readonly part: string;
  /** Position of the level, never negative, or "head". */
  readonly level: LevelName;
  /** Input pixels per map pixel. */
  readonly reduction: number;
}

/**
 * The levels that are asked for, in that order; all levels of `featureLevels(spec)` unless told.
 *
 * @throws `invalid-argument` for a level that the network does not have.
 */
export function resolveLevels(spec: ArchitectureSpec, levels?: readonly LevelName[]): readonly ResolvedLevel[] {
  const known = featureLevels(spec);
  return (levels ?? known.map((_, level) => level)).map((level) => resolveLevel(spec, known, level));
}

function resolveLevel(spec: ArchitectureSpec, known: readonly FeatureLevel[], level: LevelName): ResolvedLevel {
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
