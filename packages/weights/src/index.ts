export type { Checkpoint, CheckpointFormat, StoredTensor } from "./checkpoint.js";
export type { ArchConventions, Library } from "./conventions/arch-conventions.js";
export { archConventions, archNames, specForArch } from "./conventions/spec-for-arch.js";
export type { DType } from "./dtype.js";
export type { Family } from "./families/family.js";
export { readCheckpoint } from "./formats/read-checkpoint.js";
export { type NameMapping, nameMap } from "./name-map.js";
export { readSafetensors } from "./safetensors/read-safetensors.js";
export { type TensorValues, type WriteSafetensorsOptions, writeSafetensors } from "./safetensors/write-safetensors.js";
