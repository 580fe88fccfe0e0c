import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import { createFailureWatch, type FailureWatch } from "./failure-watch.js";
import { oncePer } from "./once-per.js";
import type { Observation } from "./prepared-backend.js";

const GL_ERRORS: Readonly<Record<number, string>> = {
  1280: "INVALID_ENUM",
  1281: "INVALID_VALUE",
  1282: "INVALID_OPERATION",
  1285: "OUT_OF_MEMORY",
  1286: "INVALID_FRAMEBUFFER_OPERATION",
};

/** Listens for a lost context, and asks for errors when observed work ends. */
export const observeContext = oncePer((backend: MathBackendWebGL): Observation => {
  const { gl } = backend.gpgpu;
  const watch = createFailureWatch("webgl");
  const onLost = (event: Event) => watch.lose((event as WebGLContextEvent).statusMessage || "the context was lost");
  gl.canvas.addEventListener("webglcontextlost", onLost);
  return { watch, observe: () => async () => reportErrors(gl, watch) };
});

/** tfjs asks for errors only in debug mode; without a look, a texture that could not be made reads as zeros. */
function reportErrors(gl: WebGLRenderingContext, watch: FailureWatch): void {
  if (gl.isContextLost()) {
    watch.lose("the context was lost");
    return;
  }
  // WebGL keeps at most one error of each kind.
  for (let i = 0; i < Object.keys(GL_ERRORS).length; i++) {
    const error = gl.getError();
    if (error === gl.NO_ERROR) return;
    watch.report(`WebGL ${GL_ERRORS[error] ?? error}`);
  }
}
