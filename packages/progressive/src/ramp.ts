import type { Span } from "./recipe.js";
import { oneOf } from "./rules.js";

/**
 * How far along its span a value is in stage i of M.
 *
 * - `both-ends`: i / (M - 1). The first stage has the one end, the last stage the other.
 * - `end-only`: (i + 1) / M. The first stage is already one step along.
 *
 * The only stage of a schedule of one is at the end of either.
 */
export type Progress = "both-ends" | "end-only";

/** How image size and regularisers move through the stages. */
export interface Ramp {
  readonly imageSize: Progress;
  readonly regularisers: Progress;
}

/** The ramp the paper prints. Source: EfficientNetV2 paper, section 4.2, Algorithm 1. */
export const ALGORITHM_1: Ramp = { imageSize: "both-ends", regularisers: "both-ends" };

/**
 * The ramp the authors' code runs: no stage is trained at the smallest size. Source: `main.py` and `main_tf2.py` of
 * google/automl efficientnetv2.
 */
export const RELEASED_CODE: Ramp = { imageSize: "end-only", regularisers: "both-ends" };

/** Of the equal steps that lead from `from` to `to`, whether the first stage stays before the first. */
const STAYS: Readonly<Record<Progress, 0 | 1>> = { "both-ends": 1, "end-only": 0 };

export const progressRule = () => oneOf(Object.keys(STAYS));

/** The value of a span in one stage; exactly `to` at the end. */
export function valueIn({ from, to }: Span, progress: Progress, stage: number, stages: number): number {
  const done = stage + 1 - STAYS[progress];
  const steps = stages - STAYS[progress];
  // The product first: whole pixels stay whole where a fraction of 1/49 would lose one to truncation.
  return done === steps ? to : from + ((to - from) * done) / steps;
}
