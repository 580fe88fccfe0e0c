import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import { type BackendModule, messageOf, noBackend, requireAvailable } from "./backend-module.js";
import { createFailureWatch, type FailureWatch } from "./failure-watch.js";
import { holdBackend } from "./hold-backend.js";
import { importPeer } from "./import-peer.js";
import { preparedBackend } from "./prepared-backend.js";
import { probeWebgl } from "./probe-webgl.js";
import { createRegistered } from "./registered-backend.js";
import { TFJS_VERSION } from "./tfjs-version.js";

/** No options: tfjs chooses version and precision. */
export type WebglOptions = Readonly<Record<never, never>>;

/** WebGL 2 (or 1) in a browser. */
export const webgl: BackendModule<"webgl", WebglOptions> = {
  name: "webgl",
  probe: probeWebgl,
  async prepare() {
    const offered = requireAvailable("webgl", await probeWebgl());
    await importPeer("@tensorflow/tfjs-backend-webgl", TFJS_VERSION, () => import("@tensorflow/tfjs-backend-webgl"));
    const { backend, release } = await holdBackend("webgl", () =>
      createRegistered<MathBackendWebGL>("webgl").catch((cause) => {
        throw noBackend("webgl", messageOf(cause), "use the wasm backend", cause);
      }),
    );
    const detail = { ...offered, float32: tf.env().getBool("WEBGL_RENDER_FLOAT32_ENABLED") };
    const watch = createFailureWatch("webgl");
    const { gl } = backend.gpgpu;
    const stop = watchContext(gl.canvas, watch);
    return preparedBackend({
      name: "webgl",
      description: `webgl ${detail.version}, ${detail.renderer}${detail.float32 ? "" : ", half floats"}`,
      detail,
      watch,
      observe: () => async () => reportErrors(gl, watch),
      compileAhead: {
        flag: "ENGINE_COMPILE_ONLY",
        async finish() {
          await backend.checkCompileCompletionAsync();
          backend.getUniformLocations();
        },
      },
      release() {
        stop();
        release();
      },
    });
  },
};

function watchContext(canvas: HTMLCanvasElement | OffscreenCanvas, watch: FailureWatch): () => void {
  const onLost = (event: Event) => watch.lose((event as WebGLContextEvent).statusMessage || "the context was lost");
  canvas.addEventListener("webglcontextlost", onLost);
  return () => canvas.removeEventListener("webglcontextlost", onLost);
}

const GL_ERRORS: Readonly<Record<number, string>> = {
  1280: "INVALID_ENUM",
  1281: "INVALID_VALUE",
  1282: "INVALID_OPERATION",
  1285: "OUT_OF_MEMORY",
  1286: "INVALID_FRAMEBUFFER_OPERATION",
};

/** tfjs asks for errors only in debug mode; without a look, a texture that could not be made reads as zeros. */
function reportErrors(gl: WebGLRenderingContext, watch: FailureWatch): void {
  if (gl.isContextLost()) {
    watch.lose("the context was lost");
    return;
  }
  // At most one error of each kind is kept by WebGL.
  for (let i = 0; i < Object.keys(GL_ERRORS).length; i++) {
    const error = gl.getError();
    if (error === gl.NO_ERROR) return;
    watch.report(`WebGL ${GL_ERRORS[error] ?? error}`);
  }
}
