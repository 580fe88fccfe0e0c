import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { type BackendModule, messageOf, noBackend, requireAvailable } from "./backend-module.js";
import type { WasmDetail } from "./capability.js";
import { createFailureWatch } from "./failure-watch.js";
import { holdBackend } from "./hold-backend.js";
import { importPeer } from "./import-peer.js";
import { preparedBackend } from "./prepared-backend.js";
import { probeWasm } from "./probe-wasm.js";
import { keepingListeners, withoutRethrowing } from "./process-listeners.js";
import { refuseFullHeap } from "./refuse-silent-failures.js";
import { createRegistered } from "./registered-backend.js";
import { detectRuntime } from "./runtime.js";
import { TFJS_VERSION } from "./tfjs-version.js";
import { locateWasmFiles, verifyWasmFile, type WasmFile, type WasmPaths } from "./wasm-files.js";

/** Where the binaries are, and which of them to take. */
export interface WasmOptions {
  /** Where the three .wasm files are; in Node they are found in the installed package. */
  readonly wasmPaths?: WasmPaths;
  /** `false` takes the binary without SIMD, several times slower. */
  readonly simd?: boolean;
  /** `1` keeps tfjs to one thread where it would take more. */
  readonly threads?: 1;
}

type TfjsWasm = typeof import("@tensorflow/tfjs-backend-wasm");

/** WebAssembly: the fastest that runs everywhere; in Node the default. */
export const wasm: BackendModule<"wasm", WasmOptions> = {
  name: "wasm",
  probe: probeWasm,
  async prepare(options = {}) {
    const offered = requireAvailable("wasm", await probeWasm());
    const tfjs = await importPeer(
      "@tensorflow/tfjs-backend-wasm",
      TFJS_VERSION,
      () => import("@tensorflow/tfjs-backend-wasm"),
    );
    const { release } = await holdBackend("wasm", async () => {
      await configure(tfjs, options, offered);
      const created = await withoutRethrowing(() => createRegistered<BackendWasm>("wasm")).catch((cause) => {
        throw noBackend("wasm", messageOf(cause), "pass the folder of the three .wasm files as wasmPaths", cause);
      });
      refuseFullHeap(created.backend);
      const dispose = created.backend.dispose.bind(created.backend);
      created.backend.dispose = () => keepingListeners(dispose);
      return created;
    });
    const detail = await runningDetail(tfjs, options, offered);
    return preparedBackend({
      name: "wasm",
      description: describe(detail),
      detail,
      observation: { watch: createFailureWatch("wasm") },
      release,
    });
  },
};

/** tfjs reads its flags and paths once, when the backend is created. */
async function configure(tfjs: TfjsWasm, options: WasmOptions, offered: WasmDetail): Promise<void> {
  const simd = offered.simd && options.simd !== false;
  tf.env().set("WASM_HAS_SIMD_SUPPORT", simd);
  const threaded = simd && options.threads !== 1 && offered.crossOriginIsolated && detectRuntime() === "browser";
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", threaded);
  if (options.wasmPaths === undefined && detectRuntime() === "node") return;
  const base = detectRuntime() === "node" ? undefined : (globalThis.document?.baseURI ?? globalThis.location.href);
  const files = locateWasmFiles(options.wasmPaths, base);
  const file: WasmFile = !simd
    ? "tfjs-backend-wasm.wasm"
    : threaded
      ? "tfjs-backend-wasm-threaded-simd.wasm"
      : "tfjs-backend-wasm-simd.wasm";
  await verifyWasmFile(files[file]);
  const fetched = detectRuntime() === "node" && /^https?:/.test(files[file]);
  tfjs.setWasmPaths(files, fetched);
}

/** What runs, which is what an earlier holder configured if there was one. */
async function runningDetail(tfjs: TfjsWasm, options: WasmOptions, offered: WasmDetail): Promise<WasmDetail> {
  const simd = Boolean(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"));
  const threads = Math.max(1, tfjs.getThreadsCount());
  const limited = options.threads === 1 && offered.threads > 1 && threads === 1;
  return { ...offered, simd, threads, threadsReason: limited ? "asked for" : offered.threadsReason };
}

function describe({ simd, threads, threadsReason }: WasmDetail): string {
  const count = threads === 1 ? "1 thread" : `${threads} threads`;
  return `wasm, ${simd ? "SIMD" : "no SIMD"}, ${count} (${threadsReason})`;
}
