import { EfficientNetError } from "@efficientnet/errors";
import { KERNELS } from "../kernels.generated.js";

/** The two binaries: plain SIMD, and relaxed SIMD with fused multiply-add. */
export type KernelBuild = keyof typeof KERNELS;

const FASTEST_FIRST = ["relaxed-simd", "simd"] as const satisfies readonly KernelBuild[];

/**
 * The fastest binary that this engine accepts, or the one asked for.
 *
 * @throws `no-backend` where neither, or not that one, is accepted.
 */
export function chooseBuild(asked?: KernelBuild): KernelBuild {
  const candidates = asked === undefined ? FASTEST_FIRST : [asked];
  const found = candidates.find((build) => WebAssembly.validate(binaryOf(build, false)));
  if (found !== undefined) return found;
  throw new EfficientNetError("no-backend", `this JavaScript engine does not run ${candidates.at(-1)} WebAssembly`, {
    hint:
      asked === "relaxed-simd" ? `leave the build out, or ask for "simd"` : "train on the webgpu, webgl or cpu backend",
  });
}

/** The binary for a memory that is shared between threads, as tfjs has it in an isolated page, or for one that is not. */
export function binaryOf(build: KernelBuild, shared: boolean): Uint8Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(KERNELS[build]), (character) => character.charCodeAt(0));
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  const flag = head.indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length;
  bytes[flag] = shared ? SHARED_WITH_MAXIMUM : HAS_MAXIMUM;
  return bytes;
}

const HAS_MAXIMUM = 1;
const SHARED_WITH_MAXIMUM = 3;
/** `env`, `memory`, each after its length, then the kind of import (2, a memory); the limits' flag follows. */
const MEMORY_IMPORT = "\x03env\x06memory\x02";
