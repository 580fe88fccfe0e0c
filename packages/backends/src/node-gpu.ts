import { importByName } from "./import-by-name.js";
import { importPeer } from "./import-peer.js";
import { detectRuntime } from "./runtime.js";

interface DawnPackage {
  create(flags: readonly string[]): GPU;
  readonly globals: Readonly<Record<string, unknown>>;
}

/** A way to WebGPU, and how to make its globals available to tfjs for a time. */
export interface GpuAccess {
  readonly gpu: GPU;
  /** Sets what tfjs looks for on `globalThis`, only where it is missing; the answer takes exactly that away again. */
  install(): () => void;
}

/**
 * The WebGPU of this place: the browser's, or in Node the package `webgpu` (Dawn).
 *
 * @throws `missing-peer` in Node when that package is not installed.
 */
export async function accessGpu(dawnFlags: readonly string[] = []): Promise<GpuAccess | undefined> {
  const existing = globalThis.navigator?.gpu;
  if (existing) return { gpu: existing, install: () => () => undefined };
  if (detectRuntime() !== "node") return undefined;
  const dawn = await importPeer("webgpu", "latest", () => importByName<DawnPackage>("webgpu"));
  const gpu = dawn.create(dawnFlags);
  return { gpu, install: () => installGlobals(gpu, dawn.globals) };
}

function installGlobals(gpu: GPU, globals: Readonly<Record<string, unknown>>): () => void {
  const undo: (() => void)[] = [];
  const define = (target: object, key: string, value: unknown) => {
    if (key in target) return;
    Object.defineProperty(target, key, { value, configurable: true, writable: true, enumerable: false });
    undo.push(() => Reflect.deleteProperty(target, key));
  };
  for (const [key, value] of Object.entries(globals)) define(globalThis, key, value);
  define(globalThis, "navigator", {});
  define(globalThis.navigator, "gpu", gpu);
  return () => {
    for (const step of undo.reverse()) step();
  };
}
