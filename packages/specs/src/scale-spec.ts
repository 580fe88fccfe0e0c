import { EfficientNetError } from "@efficientnet/errors";
import { roundChannels, roundRepeats } from "@efficientnet/scaling";
import { deepFreeze } from "./deep-freeze.js";
import type { ArchitectureSpec } from "./types.js";
import { validateSpec } from "./validate-spec.js";

/** What to scale, by how much, and what to leave; a part that is left out stays as it is. */
export interface ScaleSpecOptions {
  readonly name?: string;
  /** Multiplies every width and rounds it by `base.rounding`; widths stay as they are when it is left out. */
  readonly widthCoefficient?: number;
  /** Multiplies the repeats, rounding up; one number, or one per stage. */
  readonly depthCoefficient?: number | readonly number[];
  /** Side of the input in pixels, for training and evaluation alike or one each. */
  readonly resolution?: number | { readonly train: number; readonly eval: number };
  readonly dropoutRate?: number;
  readonly dropPathRate?: number;
  /** Parts that are left as they are: Lite keeps all three, MnasNet its head. */
  readonly keep?: {
    readonly stem?: boolean;
    readonly head?: boolean;
    /** The repeats of the first and the last stage. */
    readonly endRepeats?: boolean;
  };
}

/**
 * A network scaled from another: every published variant is its base table scaled by this function, and so is a network
 * of your own.
 *
 * @throws `invalid-argument` for a coefficient that is not positive, a list of depths that does not match the stages, or
 * a base that `validateSpec` rejects.
 *
 * Source: EfficientNet paper, section 3.3; rounding as released.
 */
export function scaleSpec(base: ArchitectureSpec, options: ScaleSpecOptions = {}): ArchitectureSpec {
  validateSpec(base);
  const { widthCoefficient, depthCoefficient, keep = {} } = options;
  const widen = (channels: number) =>
    widthCoefficient === undefined ? channels : roundChannels(channels, widthCoefficient, base.rounding);
  const deepen = depthScaling(base, depthCoefficient, keep.endRepeats ?? false);
  const spec: ArchitectureSpec = {
    ...base,
    name: options.name ?? base.name,
    stem: { ...base.stem, channels: keep.stem ? base.stem.channels : widen(base.stem.channels) },
    stages: base.stages.map((stage, index) => ({
      ...stage,
      inChannels: widen(stage.inChannels),
      outChannels: widen(stage.outChannels),
      repeats: deepen(stage.repeats, index),
    })),
    head: { ...base.head, channels: keep.head ? base.head.channels : widen(base.head.channels) },
    resolution: resolutionOf(options.resolution ?? base.resolution),
    dropoutRate: options.dropoutRate ?? base.dropoutRate,
    dropPathRate: options.dropPathRate ?? base.dropPathRate,
  };
  validateSpec(spec);
  return deepFreeze(spec);
}

function resolutionOf(resolution: number | ArchitectureSpec["resolution"]): ArchitectureSpec["resolution"] {
  return typeof resolution === "number" ? { train: resolution, eval: resolution } : { ...resolution };
}

function depthScaling(base: ArchitectureSpec, coefficient: ScaleSpecOptions["depthCoefficient"], keepEnds: boolean) {
  const last = base.stages.length - 1;
  if (typeof coefficient === "object" && coefficient.length !== base.stages.length) {
    throw new EfficientNetError("invalid-argument", `depthCoefficient of ${base.name} does not match its stages`, {
      expected: `${base.stages.length} numbers, one per stage`,
      received: `${coefficient.length} numbers`,
    });
  }
  return (repeats: number, stage: number): number => {
    const ratio = typeof coefficient === "object" ? coefficient[stage] : coefficient;
    return ratio === undefined || (keepEnds && (stage === 0 || stage === last))
      ? repeats
      : roundRepeats(repeats, ratio);
  };
}
