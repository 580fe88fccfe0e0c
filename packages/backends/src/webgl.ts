import type { MathBackendWebGL } from "@tensorflow/tfjs-backend-webgl";
import * as tf from "@tensorflow/tfjs-core";
import { type BackendModule, messageOf, noBackend, requireAvailable } from "./backend-module.js";
import { holdBackend } from "./hold-backend.js";
import { importPeer } from "./import-peer.js";
import { observeContext } from "./observe-context.js";
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
    return preparedBackend({
      name: "webgl",
      description: `webgl ${detail.version}, ${detail.renderer}${detail.float32 ? "" : ", half floats"}`,
      detail,
      observation: observeContext(backend),
      compileAhead: {
        flag: "ENGINE_COMPILE_ONLY",
        async finish() {
          await backend.checkCompileCompletionAsync();
          backend.getUniformLocations();
        },
      },
      release,
    });
  },
};
