import type { Availability } from "./capability.js";
import { detectRuntime } from "./runtime.js";

type Gl = WebGLRenderingContext | WebGL2RenderingContext;

// tfjs asks for the same: no alpha, no depth, and no context at all rather than one the browser knows to be slow.
const ATTRIBUTES = { alpha: false, antialias: false, depth: false, stencil: false, failIfMajorPerformanceCaveat: true };

/** Whether WebGL runs here, from a context that is made for the question and given up at once. */
export async function probeWebgl(): Promise<Availability<"webgl">> {
  if (detectRuntime() === "node") {
    return { available: false, reason: "Node has no WebGL", hint: "use the wasm backend" };
  }
  const canvas = createCanvas();
  const gl2 = canvas?.getContext("webgl2", ATTRIBUTES) as WebGL2RenderingContext | null | undefined;
  const gl = gl2 ?? (createCanvas()?.getContext("webgl", ATTRIBUTES) as WebGLRenderingContext | null | undefined);
  if (!gl) {
    return {
      available: false,
      reason: "the browser gives no WebGL context without a major performance caveat",
      hint: "turn hardware acceleration on, or use the wasm backend",
    };
  }
  const maxTextureSize = Number(gl.getParameter(gl.MAX_TEXTURE_SIZE));
  const float32 = gl.getExtension(gl2 ? "EXT_color_buffer_float" : "WEBGL_color_buffer_float") !== null;
  const renderer = rendererOf(gl);
  gl.getExtension("WEBGL_lose_context")?.loseContext();
  return {
    available: true,
    reason: `WebGL ${gl2 ? 2 : 1} runs here`,
    detail: {
      version: gl2 ? 2 : 1,
      renderer,
      maxTextureSize,
      float32,
      // Four values to a texel, the densest packing of tfjs; a tensor's own layout may need more texels.
      maxTensorBytes: maxTextureSize ** 2 * 4 * Float32Array.BYTES_PER_ELEMENT,
    },
  };
}

function createCanvas(): OffscreenCanvas | HTMLCanvasElement | undefined {
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(1, 1);
  return typeof document === "undefined" ? undefined : document.createElement("canvas");
}

function rendererOf(gl: Gl): string {
  const debug = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(debug ? debug.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
