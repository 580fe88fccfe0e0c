import { setFlagsFromString } from "node:v8";
import { binaryOf, type KernelBuild } from "../wasm/kernel-build.js";

const ALL: readonly KernelBuild[] = ["simd", "relaxed-simd"];
const accepted = (build: KernelBuild) => WebAssembly.validate(binaryOf(build, false));

// Node 20 knows relaxed SIMD behind a flag, which must be set before anything is compiled.
if (!accepted("relaxed-simd")) setFlagsFromString("--experimental-wasm-relaxed-simd");

/** The builds that this Node runs. */
export const BUILDS = ALL.filter(accepted);
