import { type Browser, chromium } from "playwright-core";
import { findChromium } from "./find-chromium.js";

/**
 * What draws: `swiftshader` is software and the same everywhere (tests), `llvmpipe` is Mesa's software renderer
 * (about 3x faster per run, slower to compile), `hardware` is the machine's own graphics processor (benchmarks).
 */
export type Webgl = "swiftshader" | "llvmpipe" | "hardware";

export interface LaunchOptions {
  readonly webgl?: Webgl;
  /** Further command-line flags. */
  readonly args?: readonly string[];
}

const QUIET = [
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

// Without --enable-unsafe-webgpu a software adapter is never given: requestAdapter() resolves to null.
const DRAWING: Record<Webgl, readonly string[]> = {
  swiftshader: ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--enable-unsafe-webgpu"],
  llvmpipe: ["--use-gl=angle", "--use-angle=gl-egl", "--ignore-gpu-blocklist", "--enable-unsafe-webgpu"],
  hardware: ["--ignore-gpu-blocklist", "--enable-unsafe-webgpu", "--enable-features=Vulkan"],
};

/** A headless Chromium with WebGL2 and WebGPU. The caller closes it. */
export function launchChromium({ webgl = "swiftshader", args = [] }: LaunchOptions = {}): Promise<Browser> {
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath: findChromium(),
    args: [...sandbox, ...QUIET, ...DRAWING[webgl], ...args],
  });
}
