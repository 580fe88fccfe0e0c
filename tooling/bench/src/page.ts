import { createVerbs, openTfjs } from "@efficientnet/bench/tfjs";

const api = createVerbs((engine, task) => {
  if (engine.kind === "tfjs" || engine.kind === "model") return openTfjs(engine, task, { wasmPaths: "/wasm/" });
  throw new Error(`${engine.kind} is not measured in a page`);
});

Object.assign(globalThis, { api });
