import type { BackendModule } from "./backend-module.js";
import type { BackendName } from "./backend-name.js";
import type { CpuOptions } from "./cpu.js";
import type { WasmOptions } from "./wasm.js";
import type { WebglOptions } from "./webgl.js";
import type { WebgpuOptions } from "./webgpu.js";

/** The options of every backend, by its name. */
export interface BackendOptions {
  readonly cpu: CpuOptions;
  readonly wasm: WasmOptions;
  readonly webgl: WebglOptions;
  readonly webgpu: WebgpuOptions;
}

const LOADERS: { readonly [Name in BackendName]: () => Promise<BackendModule<Name, BackendOptions[Name]>> } = {
  webgpu: async () => (await import("./webgpu.js")).webgpu,
  webgl: async () => (await import("./webgl.js")).webgl,
  wasm: async () => (await import("./wasm.js")).wasm,
  cpu: async () => (await import("./cpu.js")).cpu,
};

/** The module of one backend, loaded where it is chosen and not before. */
export function loadBackendModule<Name extends BackendName>(
  name: Name,
): Promise<BackendModule<Name, BackendOptions[Name]>> {
  return LOADERS[name]();
}
