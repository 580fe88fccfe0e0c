import { type BackendName, prepareBackend } from "@efficientnet/backends";
import { checks } from "./checks.js";

const api = {
  prepare: async (name: BackendName) => {
    await prepareBackend(name, { wasmPaths: "/wasm/" });
  },
  ...checks,
};

Object.assign(globalThis, { api });
