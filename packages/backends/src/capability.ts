import type { BackendName } from "./backend-name.js";

/** What every backend says about itself. */
interface CommonDetail {
  /** Whether values are kept as float32; `false` means half floats (errors of 1e-3 and more). */
  readonly float32: boolean;
  /** The largest single tensor in bytes; `Infinity` where only memory limits it. */
  readonly maxTensorBytes: number;
}

/** Plain JavaScript has nothing to say beyond what all have. */
export type CpuDetail = CommonDetail;

/** Instructions and threads of WebAssembly. */
export interface WasmDetail extends CommonDetail {
  readonly simd: boolean;
  readonly threads: number;
  /** Why that many threads. */
  readonly threadsReason: string;
  readonly crossOriginIsolated: boolean;
}

/** Version, renderer and texture limit of WebGL. */
export interface WebglDetail extends CommonDetail {
  readonly version: 1 | 2;
  readonly renderer: string;
  /** Longest side of a texture, in texels. */
  readonly maxTextureSize: number;
}

/** Adapter and buffer limits of WebGPU, in bytes. */
export interface WebgpuDetail extends CommonDetail {
  /** Vendor, architecture and device, as far as the browser tells. */
  readonly adapter: string;
  /** True where the adapter is a software rasteriser. */
  readonly software: boolean;
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly shaderF16: boolean;
}

/** The detail of every backend, by its name. */
export interface BackendDetails {
  readonly cpu: CpuDetail;
  readonly wasm: WasmDetail;
  readonly webgl: WebglDetail;
  readonly webgpu: WebgpuDetail;
}

/** Whether a backend can run on this machine: what it offers, or why not and what to do about it. */
export type Availability<Name extends BackendName = BackendName> =
  | { readonly available: true; readonly reason: string; readonly detail: BackendDetails[Name] }
  | { readonly available: false; readonly reason: string; readonly hint: string };
