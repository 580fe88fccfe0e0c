import { isTfjs } from "./engine.js";
import { openTfjs } from "./open-tfjs.js";
import { createVerbs } from "./verbs.js";

const api = createVerbs((engine, task) => {
  if (isTfjs(engine)) return openTfjs(engine, task, { wasmPaths: "/wasm/" });
  throw new Error(`${engine.kind} is not measured in a page`);
});

Object.assign(globalThis, { api });
