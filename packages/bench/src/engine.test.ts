import { describe, expect, it } from "vitest";
import { type Engine, engineName, enginesFor, opponentOf, RIVALS } from "./engine.js";

describe("enginesFor", () => {
  it("holds the engine without tfjs against all others on wasm, each at every number of threads", () => {
    expect(enginesFor("wasm", RIVALS, [1, 2]).map(engineName)).toEqual([
      "ours, 1 thread",
      "ours, 2 threads",
      "onnxruntime-web, 1 thread",
      "onnxruntime-web, 2 threads",
      "onnxruntime-node, 1 thread",
      "onnxruntime-node, 2 threads",
      "tfjs, folded batch norm",
      "tfjs, separate batch norm",
      "ours on tfjs",
      "PyTorch eager, 1 thread",
      "PyTorch eager, 2 threads",
      "PyTorch eager, tuned, 1 thread",
      "PyTorch eager, tuned, 2 threads",
    ]);
  });

  it("holds ours against stock tfjs alone on a graphics processor", () => {
    expect(enginesFor("webgpu", RIVALS, [1]).map(engineName)).toEqual([
      "ours on tfjs",
      "tfjs, folded batch norm",
      "tfjs, separate batch norm",
    ]);
  });
});

describe("opponentOf", () => {
  const engines = enginesFor("wasm", ["onnxruntime-web", "tfjs"], [1, 2]);
  const opponent = (engine: Engine) => engineName(opponentOf(engine, engines) as Engine);

  it("is ours with as many threads, of which tfjs has one", () => {
    expect(engines.map(opponent)).toEqual([
      "ours, 1 thread",
      "ours, 2 threads",
      "ours, 1 thread",
      "ours, 2 threads",
      "ours, 1 thread",
    ]);
  });

  it("is the first where ours has no such number", () => {
    expect(
      engineName(opponentOf({ kind: "tfjs", backend: "wasm", batchNorm: "folded" }, engines.slice(1)) as Engine),
    ).toBe("ours, 2 threads");
  });
});
