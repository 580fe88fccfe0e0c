export { type DefaultPreprocess, defaultPreprocess } from "./default-preprocess.js";
export { findEntry, specForEntry, weightsEntries } from "./entries.js";
export type { LabelSet, WeightsEntry, WeightsFile } from "./weights-entry.js";
