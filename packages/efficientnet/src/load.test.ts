import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareBackend } from "@efficientnet/backends";
import { getSpec, scaleSpec, withClasses } from "@efficientnet/specs";
import { readCheckpoint } from "@efficientnet/weights";
import { expectClose, expectNoLeaks } from "@efficientnet-tooling/testing";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EfficientNet, load, type NodePictureSource } from "./node.js";
import { drawnPicture, seededWeights } from "./testing/seeded-weights.js";

const spec = withClasses(getSpec("test-efficientnet"), 3);
const bytes = seededWeights(spec, "timm");
const red = drawnPicture(200, 10, 10);
const blue = drawnPicture(10, 10, 200);
const release = (net: EfficientNet<NodePictureSource>) => net.dispose();

describe("load", () => {
  it("finds padding, epsilon, preprocessing and classes from a published id and the file", async () => {
    await expectNoLeaks(async () => {
      using net = await load("timm/test_efficientnet.r160_in1k", { weights: bytes });
      expect(net.spec).toMatchObject({ name: "test-efficientnet", padding: "symmetric", batchNorm: { epsilon: 1e-5 } });
      expect(net.spec.head.classes).toBe(3);
      expect(net.preprocess).toMatchObject({ size: 160, filter: "bicubic" });
      expect(net.labels).toBeNull();
      expect(net.backend.name).toBe("wasm");
    });
  });

  it("runs the same network from the bytes, a Blob, a checkpoint, a path and an address", async () => {
    const folder = mkdtempSync(join(tmpdir(), "efficientnet-"));
    const path = join(folder, "net.safetensors");
    writeFileSync(path, bytes);
    const server: Server = createServer((_, response) => response.end(bytes)).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/net.safetensors`;
    const sources = [
      bytes,
      bytes.slice().buffer,
      new Blob([bytes.slice()]),
      await readCheckpoint(bytes),
      path,
      address,
    ];
    const answers: Float32Array[] = [];
    for (const weights of sources) {
      using net = await load("test-efficientnet", { weights, download: { cache: null } });
      answers.push(await net.logits(red));
    }
    server.close();
    rmSync(folder, { recursive: true });
    expect(new Set(answers.map((answer) => answer.join())).size).toBe(1);
  });

  it("takes a spec of your own, untrained from a seed", async () => {
    const own = scaleSpec(spec, { name: "mine", widthCoefficient: 0.5 });
    using net = await load(own, { weights: { seed: 5 }, labels: ["a", "b", "c"], backend: "cpu" });
    const [best] = await net.classify(red);
    expect(["a", "b", "c"]).toContain(best?.label);
    expect(net.backend.name).toBe("cpu");
  });

  it("calls 1,000 published classes by ImageNet's names", async () => {
    const full = withClasses(spec, 1000);
    using net = await load("test-efficientnet", { weights: seededWeights(full, "timm") });
    expect([net.labels?.[0], net.labels?.[999], net.labels?.length]).toEqual(["tench", "toilet tissue", 1000]);
  });

  it("leaves a backend that was handed in to its owner", async () => {
    const backend = await prepareBackend("wasm");
    const net = await load("test-efficientnet", { weights: bytes, backend });
    net.dispose();
    expect(() => backend.check()).not.toThrow();
    backend.dispose();
  });

  it("reports progress up to the whole", async () => {
    const seen: number[] = [];
    using _net = await load("test-efficientnet", { weights: bytes, onProgress: (done) => seen.push(done) });
    expect(seen.at(-1)).toBe(1);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
  });

  it("leaves nothing behind when its signal has fired", async () => {
    const signal = AbortSignal.abort("changed my mind");
    await expect(
      expectNoLeaks(() => load("test-efficientnet", { weights: bytes, signal }), release),
    ).rejects.toMatchObject({ code: "aborted" });
  });
});

describe("load refuses, and leaves nothing behind", () => {
  const b0 = seededWeights(withClasses(getSpec("efficientnet-b0"), 10), "timm");
  const broken = bytes.slice();
  // The last four bytes of the file are the last bias of the classifier.
  broken.set([0, 0, 0xc0, 0x7f], broken.length - 4);
  const cases: readonly (readonly [string, Parameters<typeof load>])[] = [
    ["a file that is none", ["test-efficientnet", { weights: new TextEncoder().encode("<html>not found</html>") }]],
    ["a truncated file", ["test-efficientnet", { weights: bytes.subarray(0, bytes.length - 1000) }]],
    ["weights of another variant", ["timm/efficientnet_b1", { weights: b0, preprocess: getPreprocess() }]],
    ["weights that are not finite", ["test-efficientnet", { weights: broken }]],
    ["an unknown variant", ["efficientnet-b9", { weights: bytes }]],
    ["the path of a file in place of a name", ["/models/b0.safetensors"]],
    ["the name of a file in place of a name", ["b0.safetensors", { weights: bytes }]],
    ["one label for several classes", ["test-efficientnet", { weights: bytes, labels: ["a"] }]],
    ["an unknown id", ["timm/tf_efficientnetv2_s.in22k", { weights: bytes }]],
    ["timm's files under a name that leaves the padding open", ["efficientnet-b0", { weights: b0 }]],
    ["a name that leaves the preprocessing open", ["timm/tf_efficientnet_b0", { weights: b0 }]],
    ["a file of another library than the name says", ["torchvision/efficientnet_b0", { weights: b0 }]],
    ["labels that are not one per class", ["test-efficientnet", { weights: bytes, labels: ["a", "b"] }]],
    ["an unknown backend", ["test-efficientnet", { weights: bytes, backend: "webgp" as "webgpu" }]],
    ["a path where nothing is", ["test-efficientnet", { weights: "nowhere.safetensors" }]],
    ["a backend that needs a page", ["test-efficientnet", { weights: bytes, backend: "webgl" }]],
  ];

  it.each(cases)("%s", async (_, args) => {
    const failure = await expectNoLeaks(() => load(...args), release).catch((error: Error) => error);
    expect((failure as Error).name).toBe("EfficientNetError");
    expect((failure as Error).message.replace(/^( {2}expected: ).*safetensors.*$/m, "$1FORMATS")).toMatchSnapshot();
  });

  function getPreprocess() {
    const fit = { mode: "squash", resizeTo: 64 } as const;
    return { size: 64, fit, filter: "bicubic", method: "pillow", mean: [0, 0, 0], std: [1, 1, 1] } as const;
  }
});

describe("a loaded network", () => {
  let net: EfficientNet<NodePictureSource>;
  beforeAll(async () => {
    net = await load("test-efficientnet", { weights: bytes, labels: ["cat", "dog", "owl"] });
  });
  afterAll(() => {
    net.dispose();
    expect(tf.engine().state.numTensors).toBe(0);
  });

  it("answers with probabilities of all classes, best first", async () => {
    await expectNoLeaks(async () => {
      const predictions = await net.classify(red);
      expect(predictions.map(({ label }) => label).sort()).toEqual(["cat", "dog", "owl"]);
      expectClose([predictions.reduce((sum, { probability }) => sum + probability, 0)], [1], 1e-9);
      expect(predictions[0]?.probability).toBeGreaterThan(predictions[1]?.probability ?? 1);
      expect(await net.classify(red, { topK: 1 })).toEqual([predictions[0]]);
    });
  });

  it("answers a list with a list, each as it answers it alone", async () => {
    await expectNoLeaks(async () => {
      const [first, second] = await net.embed([red, blue]);
      expectClose(first ?? [], await net.embed(red), 1e-5);
      expectClose(second ?? [], await net.embed(blue), 1e-5);
      expect(first?.length).toBe(256);
    });
  });

  it("gives the feature pyramid read back from the device", async () => {
    await expectNoLeaks(async () => {
      const maps = await net.features([red, blue], { levels: [0, -1, "head"] });
      expect(maps.map(({ level, reduction, shape }) => ({ level, reduction, shape }))).toEqual([
        { level: 0, reduction: 2, shape: [2, 80, 80, 16] },
        { level: 4, reduction: 32, shape: [2, 5, 5, 64] },
        { level: "head", reduction: 32, shape: [2, 5, 5, 256] },
      ]);
      expect(maps[1]?.data.length).toBe(2 * 5 * 5 * 64);
    });
  });

  it("runs at another size when asked", async () => {
    const maps = await net.features(red, { levels: [-1], size: { width: 96, height: 65 } });
    expect(maps[0]?.shape).toEqual([1, 3, 3, 64]);
  });

  it("says what it is", () => {
    expect(net.inspect()).toMatchObject({
      name: "test-efficientnet",
      classes: 3,
      embedding: 256,
      imageSize: 160,
      blocks: 5,
      reductions: [2, 4, 8, 16, 32],
    });
  });

  it("warms up without leaving anything", async () => {
    await expectNoLeaks(() => net.warmUp());
  });

  it("refuses what is no picture, and leaves nothing behind", async () => {
    const truncated = { ...red, data: red.data.subarray(0, 100) };
    for (const picture of [truncated, "nowhere.jpg", new TextEncoder().encode("no picture")]) {
      await expect(expectNoLeaks(() => net.classify(picture))).rejects.toMatchObject({ code: "bad-image" });
    }
  });

  it.each([0, 1.5])("refuses topK %s", async (topK) => {
    await expect(net.classify(red, { topK })).rejects.toMatchObject({ code: "invalid-argument" });
  });

  it("stops when its signal has fired", async () => {
    await expect(expectNoLeaks(() => net.classify(red, { signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: "aborted",
    });
  });

  it("cannot be used after dispose, which may be called twice", async () => {
    const other = await load("test-efficientnet", { weights: bytes });
    other.dispose();
    other.dispose();
    await expect(other.embed(red)).rejects.toMatchObject({ code: "disposed" });
  });

  it("has no logits without a classifier, and still embeds", async () => {
    using headless = await load("test-efficientnet", { weights: seededWeights(withClasses(spec, null), "timm") });
    await expect(expectNoLeaks(() => headless.classify(red))).rejects.toMatchObject({ code: "unsupported" });
    expect((await headless.embed(red)).length).toBe(256);
  });
});
