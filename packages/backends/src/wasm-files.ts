import { noBackend } from "./backend-module.js";
import { importByName } from "./import-by-name.js";
import { detectRuntime } from "./runtime.js";

/** The binaries of `@tensorflow/tfjs-backend-wasm`, in its `dist` folder; one of the three is used. */
export const WASM_FILES = [
  "tfjs-backend-wasm.wasm",
  "tfjs-backend-wasm-simd.wasm",
  "tfjs-backend-wasm-threaded-simd.wasm",
] as const;

/** The name of one of the binaries. */
export type WasmFile = (typeof WASM_FILES)[number];

/** A folder (URL or, in Node, path), or one URL per file. */
export type WasmPaths = string | URL | Readonly<Partial<Record<WasmFile, string | URL>>>;

/** The URL of every binary. Without `wasmPaths` they are expected beside the page. */
export function locateWasmFiles(wasmPaths: WasmPaths | undefined, base: string | undefined): Record<WasmFile, string> {
  const folder = typeof wasmPaths === "string" || wasmPaths instanceof URL ? String(wasmPaths) : "";
  const each = typeof wasmPaths === "object" && !(wasmPaths instanceof URL) ? wasmPaths : {};
  const locate = (file: WasmFile) => {
    const place = String(each[file] ?? (folder === "" || folder.endsWith("/") ? folder + file : `${folder}/${file}`));
    return base === undefined ? place : new URL(place, base).href;
  };
  return Object.fromEntries(WASM_FILES.map((file) => [file, locate(file)])) as Record<WasmFile, string>;
}

/**
 * Makes sure that a binary is where it is said to be, before tfjs looks for it: its own failure names no address and
 * cannot be tried again.
 *
 * @throws `no-backend` naming the address and what came instead (a status, or a page instead of a binary).
 */
export async function verifyWasmFile(url: string): Promise<void> {
  const hint =
    'copy the three .wasm files of @tensorflow/tfjs-backend-wasm/dist to your site and pass their folder, { wasmPaths: "/wasm/" }';
  let start: Uint8Array;
  try {
    start = await readFile(url);
  } catch (cause) {
    throw noBackend(
      "wasm",
      `${url} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`,
      hint,
      cause,
    );
  }
  const isWasm = start[0] === 0x00 && start[1] === 0x61 && start[2] === 0x73 && start[3] === 0x6d;
  if (!isWasm) throw noBackend("wasm", `${url} is not a WebAssembly binary (its first bytes are wrong)`, hint);
}

async function readFile(url: string): Promise<Uint8Array> {
  if (detectRuntime() === "node" && !/^https?:/.test(url)) {
    const { readFile: read } = await importByName<typeof import("node:fs/promises")>("node:fs/promises");
    return read(url.startsWith("file:") ? new URL(url) : url);
  }
  const response = await fetch(url, { credentials: "same-origin" });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
