import { isEfficientNetError } from "@efficientnet/errors";
import { messageOf } from "./backend-module.js";
import type { Availability, WebgpuDetail } from "./capability.js";
import { accessGpu, type GpuAccess } from "./node-gpu.js";
import { detectRuntime } from "./runtime.js";

/** Which WebGPU device to ask for. */
export interface WebgpuOptions {
  /** Which adapter to ask for where there are several; the fast one by default. */
  readonly powerPreference?: GPUPowerPreference;
  /** In Node: flags of the package `webgpu`, such as `["backend=vulkan"]`. */
  readonly dawnFlags?: readonly string[];
}

/** What a search for an adapter found. */
export type WebgpuSearch =
  | { readonly access: GpuAccess; readonly adapter: GPUAdapter; readonly detail: WebgpuDetail }
  | { readonly reason: string; readonly hint: string; readonly cause?: unknown };

const NO_ADAPTER_HINT = {
  browser:
    "update the browser and the graphics driver (Chromium on Linux needs --enable-unsafe-webgpu), or use webgl or wasm",
  node: "install a Vulkan loader and driver (without a GPU: point VK_ICD_FILENAMES to a software driver), or use wasm",
} as const;

/** Looks for an adapter, and says where the search ended. */
export async function searchAdapter(options: WebgpuOptions = {}): Promise<WebgpuSearch> {
  const runtime = detectRuntime();
  const access = await accessGpu(options.dawnFlags);
  if (!access) {
    return globalThis.isSecureContext === false
      ? { reason: "the page is not a secure context", hint: "serve the page over https or from localhost" }
      : { reason: "this browser has no navigator.gpu", hint: "use webgl or wasm" };
  }
  const powerPreference = options.powerPreference ?? "high-performance";
  const adapter = await access.gpu.requestAdapter({ powerPreference });
  if (!adapter) return { reason: "requestAdapter() found no WebGPU adapter", hint: NO_ADAPTER_HINT[runtime] };
  return { access, adapter, detail: describeAdapter(adapter) };
}

/** Whether WebGPU runs here; asks for an adapter and for no device. */
export async function probeWebgpu(options: WebgpuOptions = {}): Promise<Availability<"webgpu">> {
  try {
    const search = await searchAdapter(options);
    if (!("adapter" in search)) return { available: false, reason: search.reason, hint: search.hint };
    return { available: true, reason: `WebGPU runs on ${search.detail.adapter}`, detail: search.detail };
  } catch (error) {
    const hint = isEfficientNetError(error) ? error.hint : undefined;
    const [reason = ""] = messageOf(error).split("\n");
    return { available: false, reason, hint: hint ?? "use the wasm backend" };
  }
}

function describeAdapter({ info, limits, features }: GPUAdapter): WebgpuDetail {
  const words = [info.vendor, info.architecture, info.description || info.device].filter((word) => word !== "");
  return {
    float32: true,
    maxTensorBytes: Math.min(limits.maxStorageBufferBindingSize, limits.maxBufferSize),
    adapter: words.join(" ") || "an adapter that does not name itself",
    software: info.isFallbackAdapter === true,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxBufferSize: limits.maxBufferSize,
    shaderF16: features.has("shader-f16"),
  };
}
