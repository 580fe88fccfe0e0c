import type { PreprocessSpec } from "@efficientnet/specs";
import type { StatisticsName } from "./rows.js";

/** Means and deviations that published weights expect, in units of the full range. */
export const STATISTICS: Readonly<Record<StatisticsName, Pick<PreprocessSpec, "mean" | "std">>> = {
  imagenet: { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  /** pixel / 127.5 - 1. */
  half: { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5] },
  /** (pixel - 127) / 128: Lite and EdgeTPU. */
  lite: { mean: [127 / 255, 127 / 255, 127 / 255], std: [128 / 255, 128 / 255, 128 / 255] },
  /** pixel / 128 - 1, which never reaches 1. */
  bytes: { mean: [128 / 255, 128 / 255, 128 / 255], std: [128 / 255, 128 / 255, 128 / 255] },
};
