import type { BackendModule } from "./backend-module.js";
import { createFailureWatch } from "./failure-watch.js";
import { holdBackend } from "./hold-backend.js";
import { importPeer } from "./import-peer.js";
import { preparedBackend } from "./prepared-backend.js";
import { createRegistered } from "./registered-backend.js";
import { TFJS_VERSION } from "./tfjs-version.js";

/** No options: plain JavaScript runs everywhere alike. */
export type CpuOptions = Readonly<Record<never, never>>;

const detail = { float32: true, maxTensorBytes: Number.POSITIVE_INFINITY };

/** Plain JavaScript: runs everywhere, 30 times slower than wasm. */
export const cpu: BackendModule<"cpu", CpuOptions> = {
  name: "cpu",
  async probe() {
    return { available: true, reason: "plain JavaScript runs everywhere", detail };
  },
  async prepare() {
    await importPeer("@tensorflow/tfjs-backend-cpu", TFJS_VERSION, () => import("@tensorflow/tfjs-backend-cpu"));
    const { release } = await holdBackend("cpu", async () => {
      const created = await createRegistered("cpu");
      // On its first tensor in Node it would advertise a package that these do not use.
      Reflect.set(created.backend, "firstUse", false);
      return created;
    });
    return preparedBackend({
      name: "cpu",
      description: "cpu, plain JavaScript",
      detail,
      observation: { watch: createFailureWatch("cpu") },
      release,
    });
  },
};
