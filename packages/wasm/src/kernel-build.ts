import { EfficientNetError } from "@efficientnet/errors";
import { KERNELS } from "./kernels.generated.js";

/** The two binaries: plain SIMD, and relaxed SIMD with fused multiply-add. */
export type KernelBuild = keyof typeof KERNELS;

/** What the binaries export. */
export interface KernelExports {
  setup(): void;
  activateAll(at: number, count: number, activation: number): void;
  execute(
    steps: number,
    count: number,
    batch: number,
    thread: number,
    threads: number,
    scratch: number,
    maySleep: number,
  ): number;
  serve(thread: number, threads: number, scratch: number): void;
  multiplyAdds(at: number, rounds: number): void;
  sweep(from: number, to: number, bytes: number): void;
}

const FASTEST_FIRST = ["relaxed-simd", "simd"] as const satisfies readonly KernelBuild[];

/**
 * The fastest build that this engine accepts, or the one asked for.
 *
 * @throws `no-backend` where neither, or not that one, is accepted.
 */
export function chooseBuild(asked?: KernelBuild): KernelBuild {
  const candidates = asked === undefined ? FASTEST_FIRST : [asked];
  const found = candidates.find((build) => typeof WebAssembly === "object" && WebAssembly.validate(binaryOf(build)));
  if (found !== undefined) return found;
  throw new EfficientNetError("no-backend", `this JavaScript engine does not run ${candidates.at(-1)} WebAssembly`, {
    hint: asked === "relaxed-simd" ? `leave the build out, or ask for "simd"` : "use the cpu backend of tfjs",
  });
}

/** The binary, importing a memory that is shared between threads or not: one flag of its import section. */
export function binaryOf(build: KernelBuild, { shared = true } = {}): Uint8Array<ArrayBuffer> {
  const text = atob(KERNELS[build]);
  const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
  if (!shared) bytes[sharedFlagAt(bytes)] = HAS_MAXIMUM;
  return bytes;
}

const HAS_MAXIMUM = 1;
const SHARED_WITH_MAXIMUM = 3;
/** `env`, `memory`, each after its length, then the kind of import (2, a memory); the limits' flag follows. */
const MEMORY_IMPORT = "\x03env\x06memory\x02";

function sharedFlagAt(bytes: Uint8Array): number {
  const head = String.fromCharCode(...bytes.subarray(0, 512));
  const at = head.indexOf(MEMORY_IMPORT) + MEMORY_IMPORT.length;
  if (at < MEMORY_IMPORT.length || bytes[at] !== SHARED_WITH_MAXIMUM) throw new Error("the kernels import no memory");
  return at;
}
