export { type FormatScheduleOptions, formatSchedule } from "./format-schedule.js";
export { getPreset, PRESET_NAMES, type PresetName, presetModels } from "./get-preset.js";
export { parseSchedule } from "./parse-schedule.js";
export { progressiveSchedule } from "./progressive-schedule.js";
export type { AutomlRegulariser, PaperRegulariser } from "./published-recipes.js";
export { ALGORITHM_1, type Progress, type Ramp, RELEASED_CODE } from "./ramp.js";
export type {
  BatchSize,
  KnownRegulariser,
  LearningRate,
  Recipe,
  Schedule,
  Span,
  Stage,
  Unit,
} from "./recipe.js";
export { relativePixels } from "./relative-pixels.js";
export { roundSize, type SizeRounding, WHOLE_PIXELS } from "./round-size.js";
export { scheduleInSteps } from "./schedule-in-steps.js";
export { stageAt } from "./stage-at.js";
export { validateRecipe } from "./validate-recipe.js";
