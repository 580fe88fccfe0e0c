import type { Availability } from "./capability.js";
import { MAX_WASM_HEAP } from "./refuse-silent-failures.js";
import { detectRuntime } from "./runtime.js";

// The magic number and the version: what nothing but a page's policy keeps from compiling, while validating asks none.
const EMPTY_MODULE = [0, 97, 115, 109, 1, 0, 0, 0];

// A function that splats an i32 into a v128 and drops it: valid only where SIMD128 is.
const SIMD_MODULE = [
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11,
];

/** How many threads tfjs 4.22 takes, and why: half of the logical cores, one to four, and none in Node. */
export function planThreads(
  runtime: "browser" | "node",
  isolated: boolean,
  cores: number,
  simd: boolean,
): { readonly threads: number; readonly reason: string } {
  if (runtime === "node") return { threads: 1, reason: "tfjs 4.22 switches threads off in Node" };
  if (!isolated) return { threads: 1, reason: "the page is not cross-origin isolated (COOP and COEP headers)" };
  if (!simd) return { threads: 1, reason: "tfjs has threads only together with SIMD" };
  const threads = Math.min(4, Math.max(1, Math.floor(cores / 2)));
  return { threads, reason: `tfjs takes half of the ${cores} logical cores, one to four` };
}

/** Whether WebAssembly runs here, with SIMD or without. */
export async function probeWasm(): Promise<Availability<"wasm">> {
  if (typeof WebAssembly !== "object") {
    return { available: false, reason: "there is no WebAssembly", hint: "use the cpu backend" };
  }
  try {
    await WebAssembly.compile(new Uint8Array(EMPTY_MODULE));
  } catch {
    const reason = "the Content-Security-Policy does not allow WebAssembly";
    return { available: false, reason, hint: "add 'wasm-unsafe-eval' to its script-src" };
  }
  const simd = WebAssembly.validate(new Uint8Array(SIMD_MODULE));
  const isolated = globalThis.crossOriginIsolated === true;
  const cores = globalThis.navigator?.hardwareConcurrency ?? 1;
  const { threads, reason } = planThreads(detectRuntime(), isolated, cores, simd);
  return {
    available: true,
    reason: "WebAssembly runs here",
    detail: {
      float32: true,
      maxTensorBytes: MAX_WASM_HEAP,
      simd,
      threads,
      threadsReason: reason,
      crossOriginIsolated: isolated,
    },
  };
}
