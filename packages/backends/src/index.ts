export type { BackendModule } from "./backend-module.js";
export { AUTO_ORDER, BACKEND_NAMES, type BackendName, backendOrder, isBackendName } from "./backend-name.js";
export { type Capabilities, capabilities } from "./capabilities.js";
export type {
  Availability,
  BackendDetails,
  CpuDetail,
  WasmDetail,
  WebglDetail,
  WebgpuDetail,
} from "./capability.js";
export { type FirstThatRuns, firstThatRuns } from "./first-that-runs.js";
export type { BackendOptions } from "./load-backend-module.js";
export { type PrepareOptions, prepareBackend } from "./prepare-backend.js";
export type { PreparedBackend } from "./prepared-backend.js";
export { detectRuntime, type Runtime } from "./runtime.js";
export type { WarmUp } from "./warm-up.js";
export type { WasmFile, WasmPaths } from "./wasm-files.js";
