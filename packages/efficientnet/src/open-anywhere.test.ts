import { prepareBackend } from "@efficientnet/backends";
import { getSpec, scaleSpec, withClasses } from "@efficientnet/specs";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import { load } from "./node.js";
import { drawnPicture, seededWeights } from "./testing/seeded-weights.js";

const bytes = seededWeights(withClasses(getSpec("test-efficientnet"), 3), "timm");
const fit = { mode: "squash", resizeTo: 64 } as const;
const preprocess = { size: 64, fit, filter: "bicubic", method: "pillow", mean: [0, 0, 0], std: [1, 1, 1] } as const;
const picture = drawnPicture(200, 10, 10);

afterEach(() => void vi.restoreAllMocks());

describe("load with wasm", () => {
  it("runs on the engine without tfjs, on as many threads as it is told", async () => {
    using net = await load("test-efficientnet", { weights: bytes, backend: "wasm", threads: 1 });
    expect(net.backend.name).toBe("wasm");
    expect(net.backend.description).toMatch(/^wasm engine, (relaxed-)?simd, 1 thread \(one thread was asked for\)$/);
  });

  it("runs on tfjs where its backend was handed in, and answers alike", async () => {
    const backend = await prepareBackend("wasm");
    const onTfjs = await load("test-efficientnet", { weights: bytes, backend });
    expect(onTfjs.backend.description).toBe(backend.description);
    using own = await load("test-efficientnet", { weights: bytes });
    const expected = await onTfjs.logits(picture);
    expectClose(await own.logits(picture), expected, 1e-5 * Math.max(...expected.map(Math.abs)));
    onTfjs.dispose();
    backend.dispose();
  });

  it("runs CondConv on tfjs, and says why", async () => {
    const small = scaleSpec(getSpec("efficientnet-condconv-b0-4e"), { name: "small", widthCoefficient: 0.25 });
    using net = await load(small, { weights: { seed: 1 }, preprocess, backend: "wasm" });
    expect(net.backend.description).toBe(
      "wasm, SIMD, 1 thread (tfjs 4.22 switches threads off in Node); on tfjs because small mixes its kernels per example (CondConv)",
    );
    expect(await net.logits(picture)).toHaveLength(1000);
  });

  it("runs on tfjs, and says why, where the JavaScript engine has no SIMD", async () => {
    vi.spyOn(WebAssembly, "validate").mockReturnValue(false);
    using net = await load("test-efficientnet", { weights: bytes, backend: ["webgl", "wasm"] });
    expect(net.backend.description).toMatch(/^wasm, .*; on tfjs because this JavaScript engine does not run simd Web/);
    expect(net.backend.description).toMatch(
      /; passed over: webgl: the webgl backend cannot run here: Node has no WebGL$/,
    );
    expect(await net.logits(picture)).toHaveLength(3);
  });
});
