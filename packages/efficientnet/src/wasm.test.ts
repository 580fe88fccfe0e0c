import { getSpec, withClasses } from "@efficientnet/specs";
import { expectClose } from "@efficientnet-tooling/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EfficientNet, load as loadOnTfjs } from "./node.js";
import { drawnPicture, seededWeights } from "./testing/seeded-weights.js";
import { load } from "./wasm.js";

const spec = withClasses(getSpec("test-efficientnet"), 3);
const bytes = seededWeights(spec, "timm");
const pictures = [drawnPicture(200, 10, 10), drawnPicture(10, 10, 200), drawnPicture(0, 90, 20)];

describe("a network on the engine without tfjs", () => {
  let net: Awaited<ReturnType<typeof load>>;
  let reference: EfficientNet<(typeof pictures)[number]>;

  beforeAll(async () => {
    net = await load("test-efficientnet", { weights: bytes, labels: ["a", "b", "c"], threads: 2 });
    reference = await loadOnTfjs("test-efficientnet", { weights: bytes, labels: ["a", "b", "c"], backend: "cpu" });
  });
  afterAll(() => {
    net.dispose();
    reference.dispose();
  });

  const close = (actual: ArrayLike<number>, expected: ArrayLike<number>) =>
    expectClose(actual, expected, 1e-4 * Math.max(...Array.from(expected, Math.abs)));

  it("says how it runs", () => {
    expect(net.backend.name).toBe("wasm");
    expect(net.backend.description).toMatch(/^wasm engine, (relaxed-)?simd, 2 threads \(2 threads were asked for\)$/);
  });

  it("gives the logits, embeddings and classes that tfjs gives", async () => {
    const [actual, expected] = [await net.logits(pictures), await reference.logits(pictures)];
    expected.forEach((row, i) => {
      close(actual[i] ?? [], row);
    });
    close(await net.embed(pictures[0]!), await reference.embed(pictures[0]!));
    const best = async (of: typeof net) => (await of.classify(pictures[1]!))[0]?.label;
    expect(await best(net)).toBe(await best(reference));
  });

  it("gives the same feature pyramid, at any size", async () => {
    const options = { levels: [0, -1, "head", 0], size: { width: 96, height: 65 } } as const;
    const [actual, expected] = [await net.features(pictures, options), await reference.features(pictures, options)];
    expect(actual.map(({ data, ...where }) => where)).toEqual(expected.map(({ data, ...where }) => where));
    expected.forEach(({ data }, i) => {
      close(actual[i]?.data ?? [], data);
    });
  });

  it("answers many calls at once, each at its own size", async () => {
    const sizes = [64, 96, 128, 160];
    const actual = await Promise.all(sizes.map((size) => net.logits(pictures[0]!, { size })));
    for (const [i, size] of sizes.entries()) close(actual[i] ?? [], await reference.logits(pictures[0]!, { size }));
  });

  it("refuses what the other entries refuse", async () => {
    await expect(net.classify({ ...pictures[0]!, data: new Uint8ClampedArray(3) })).rejects.toMatchObject({
      code: "bad-image",
    });
    await expect(net.features(pictures[0]!, { levels: [9] })).rejects.toMatchObject({ code: "invalid-argument" });
  });
});

it("embeds without a classifier, and has no logits", async () => {
  using headless = await load("test-efficientnet", { weights: seededWeights(withClasses(spec, null), "timm") });
  expect((await headless.embed(pictures[0]!)).length).toBe(256);
  await expect(headless.classify(pictures[0]!)).rejects.toMatchObject({ code: "unsupported" });
});

it("cannot be used after dispose", async () => {
  const net = await load("test-efficientnet", { weights: bytes });
  await net.warmUp();
  net.dispose();
  await expect(net.embed(pictures[0]!)).rejects.toMatchObject({ code: "disposed" });
});

it("stops when its signal has fired", async () => {
  await expect(load("test-efficientnet", { weights: bytes, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: "aborted",
  });
});

it("says that CondConv needs another entry", async () => {
  const condconv = getSpec("efficientnet-condconv-b0-4e");
  await expect(load(condconv, { weights: { seed: 1 } })).rejects.toMatchObject({ code: "unsupported" });
});
