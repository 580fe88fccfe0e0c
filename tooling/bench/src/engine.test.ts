import { describe, expect, it } from "vitest";
import { engineName, enginesFor, RIVALS } from "./engine.js";

describe("enginesFor", () => {
  it("holds ours against stock tfjs and ONNX Runtime in Node", () => {
    expect(enginesFor("wasm", RIVALS, [1, 2]).map(engineName)).toEqual([
      "ours",
      "ours without tfjs, 1 thread",
      "ours without tfjs, 2 threads",
      "tfjs, folded batch norm",
      "tfjs, separate batch norm",
      "onnxruntime-web, 1 thread",
      "onnxruntime-web, 2 threads",
      "onnxruntime-node, 1 thread",
      "onnxruntime-node, 2 threads",
    ]);
  });

  it("holds ours against stock tfjs alone in a browser", () => {
    expect(enginesFor("webgpu", RIVALS, [1]).map(engineName)).toEqual([
      "ours",
      "tfjs, folded batch norm",
      "tfjs, separate batch norm",
    ]);
  });
});
