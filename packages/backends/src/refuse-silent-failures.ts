import { EfficientNetError } from "@efficientnet/errors";
import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import type { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";

/** How far the binaries of tfjs 4.22 let their heap grow: 4 GiB less one page. */
export const MAX_WASM_HEAP = 4294901760;

/** Part of every Emscripten module, and not in tfjs's types. */
interface Allocator {
  _malloc(bytes: number): number;
}

/**
 * tfjs takes the 0 that a full heap answers for an address and computes into it, and sizes beyond 32 bits wrap around.
 * Both throw `backend-failed` instead.
 */
export function refuseFullHeap(backend: BackendWasm): void {
  const wasm = backend.wasm as typeof backend.wasm & Allocator;
  const malloc = wasm._malloc;
  wasm._malloc = (bytes) => {
    const address = bytes > MAX_WASM_HEAP ? 0 : malloc(bytes);
    if (address !== 0 || bytes === 0) return address;
    throw new EfficientNetError("backend-failed", `the wasm heap has no room for a tensor of ${bytes} bytes`, {
      expected: `at most ${MAX_WASM_HEAP} bytes in all`,
      hint: "dispose tensors, or use a smaller batch or image",
    });
  };
}

/**
 * Reading from the device synchronously gives zeros in headless Chromium and loses the device, and has no canvas to go
 * through in Node. It throws `backend-failed` instead; values that are on this side are read as before.
 */
export function refuseSyncReads(backend: WebGPUBackend): void {
  const readSync = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    const data = backend.tensorMap.get(dataId);
    if (data.resource === undefined || data.resource === null || data.values) return readSync(dataId);
    throw new EfficientNetError("backend-failed", "the webgpu backend cannot read a tensor synchronously", {
      hint: "await tensor.data() instead of dataSync, and move no tensor to another backend",
    });
  };
}
