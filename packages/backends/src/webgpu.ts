import { EfficientNetError } from "@efficientnet/errors";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { type BackendModule, messageOf, noBackend } from "./backend-module.js";
import { type CreatedBackend, holdBackend } from "./hold-backend.js";
import { importPeer } from "./import-peer.js";
import { observeDevice } from "./observe-device.js";
import { preparedBackend } from "./prepared-backend.js";
import { probeWebgpu, searchAdapter, type WebgpuOptions } from "./probe-webgpu.js";
import { refuseSyncReads } from "./refuse-silent-failures.js";
import { TFJS_VERSION } from "./tfjs-version.js";

export type { WebgpuOptions };

type TfjsWebgpu = typeof import("@tensorflow/tfjs-backend-webgpu");

/** WebGPU in a browser, and in Node through the package `webgpu`. Only `tensor.data()` reads there, never `dataSync`. */
export const webgpu: BackendModule<"webgpu", WebgpuOptions> = {
  name: "webgpu",
  probe: probeWebgpu,
  async prepare(options = {}) {
    const search = await searchAdapter(options);
    if (!("adapter" in search)) throw noBackend("webgpu", search.reason, search.hint);
    const { adapter, access, detail } = search;
    const { backend, release } = await holdBackend("webgpu", async () => {
      const uninstall = access.install();
      try {
        const tfjs = await importPeer(
          "@tensorflow/tfjs-backend-webgpu",
          TFJS_VERSION,
          () => import("@tensorflow/tfjs-backend-webgpu"),
        );
        return await createBackend(tfjs, adapter, uninstall);
      } catch (cause) {
        uninstall();
        if (cause instanceof EfficientNetError) throw cause;
        throw noBackend("webgpu", messageOf(cause), "use the webgl or wasm backend", cause);
      }
    });
    return preparedBackend({
      name: "webgpu",
      description: `webgpu, ${detail.adapter}${detail.software ? " (software)" : ""}`,
      detail,
      observation: observeDevice(backend),
      compileAhead: { flag: "WEBGPU_ENGINE_COMPILE_ONLY", finish: () => backend.checkCompileCompletionAsync() },
      release,
    });
  },
};

// What tfjs's own factory asks for, which it does only after it has logged a missing adapter away.
const LIMITS = [
  "maxComputeWorkgroupStorageSize",
  "maxComputeWorkgroupsPerDimension",
  "maxStorageBufferBindingSize",
  "maxBufferSize",
  "maxComputeWorkgroupSizeX",
  "maxComputeInvocationsPerWorkgroup",
] as const satisfies readonly (keyof GPUSupportedLimits)[];
const FEATURES = ["timestamp-query", "bgra8unorm-storage", "shader-f16"] as const satisfies readonly GPUFeatureName[];

async function createBackend(
  { WebGPUBackend: Backend }: TfjsWebgpu,
  adapter: GPUAdapter,
  uninstall: () => void,
): Promise<CreatedBackend<WebGPUBackend>> {
  const device = await adapter.requestDevice({
    requiredFeatures: FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });
  const backend = new Backend(device, adapter.info);
  refuseSyncReads(backend);
  return {
    backend,
    close() {
      device.destroy();
      uninstall();
    },
  };
}
