import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { openPage } from "@efficientnet-tooling/chromium";
import { checkModes, type EngineMode, type ModeReport } from "./check-modes.js";
import type { NetGolden } from "./net-golden.js";

/** Somewhere that engines run, and the modes that can be had there. */
export interface EnginePlace {
  readonly name: string;
  readonly modes: readonly EngineMode[];
  check(golden: NetGolden, modes: readonly EngineMode[]): Promise<readonly ModeReport[]>;
  close(): Promise<void>;
}

const ONE_THREAD: readonly EngineMode[] = [
  { build: "simd", threads: 1 },
  { build: "relaxed-simd", threads: 1 },
];
const TWO_THREADS = ONE_THREAD.map((mode) => ({ ...mode, threads: 2 }));

/** This Node, of which 20 knows relaxed SIMD behind a flag. */
export function openNode(): EnginePlace {
  const [major = 0] = process.versions.node.split(".").map(Number);
  if (major < 22) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return {
    name: `Node ${process.versions.node}`,
    modes: [...ONE_THREAD, ...TWO_THREADS],
    check: checkModes,
    close: async () => undefined,
  };
}

/** A page of a headless Chromium: with cross-origin isolation it shares memory, without it has one thread. */
export async function openChromium(crossOriginIsolated: boolean): Promise<EnginePlace> {
  const page = await openPage({ entry: fileURLToPath(new URL("modes.page.ts", import.meta.url)), crossOriginIsolated });
  return {
    name: crossOriginIsolated ? "Chromium, isolated" : "Chromium, not isolated",
    modes: crossOriginIsolated ? [...ONE_THREAD, ...TWO_THREADS] : ONE_THREAD,
    check: (golden, modes) => page.call("checkModes", golden, modes),
    close: page.close,
  };
}
