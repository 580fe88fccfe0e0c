import {
  formatSchedule,
  getPreset,
  type PresetName,
  progressiveSchedule,
  relativePixels,
} from "@efficientnet/progressive";
import type { ExitCode } from "../exit-code.js";
import type { Report } from "../report.js";

export interface ScheduleOptions {
  readonly preset: string;
  readonly model: string;
}

/** Shows the stages of a published training recipe. */
export function schedule({ preset, model }: ScheduleOptions, report: Report): ExitCode {
  // getPreset refuses a name that is none, and lists those there are.
  const stages = progressiveSchedule(getPreset(preset as PresetName, model));
  const share = relativePixels(stages);
  if (report.json) {
    report.answer(JSON.stringify({ preset, model, relativePixels: share, schedule: stages }, null, 2));
  } else {
    report.answer(`${formatSchedule(stages)}\n`);
    report.answer(`${(100 * share).toFixed(0)} % of the pixels of training at the largest size throughout`);
  }
  return 0;
}
