import { MessageChannel } from "node:worker_threads";
import { getSpec, withClasses } from "@efficientnet/specs";
import { readCheckpoint } from "@efficientnet/weights";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { EfficientNet } from "../efficient-net.js";
import { drawnPicture, seededWeights } from "../testing/seeded-weights.js";
import { createWorkerClient, load, serveNetworks, type WorkerClient } from "../wasm.js";

const bytes = seededWeights(withClasses(getSpec("test-efficientnet"), 3), "timm");
const options = { weights: bytes, labels: ["a", "b", "c"], threads: 1 } as const;
const pictures = [drawnPicture(200, 10, 10), drawnPicture(10, 10, 200)];
type Network = EfficientNet<(typeof pictures)[number]>;

/** The other end of a channel stands for a worker; here it runs on this thread, where tests can look at it. */
function connect(): WorkerClient {
  const { port1, port2 } = new MessageChannel();
  serveNetworks(port2);
  return createWorkerClient({ worker: port1 });
}

describe("a network in a worker", () => {
  let client: WorkerClient;
  let there: Network;
  let here: Network;
  const progress: number[] = [];

  beforeAll(async () => {
    client = connect();
    there = await client.load("test-efficientnet", { ...options, onProgress: (done) => progress.push(done) });
    here = await load("test-efficientnet", options);
  });
  afterAll(() => {
    here.dispose();
    client.dispose();
  });

  it("is what it would be here", () => {
    expect(there).toMatchObject({ spec: here.spec, preprocess: here.preprocess, labels: ["a", "b", "c"] });
    expect(there.backend).toEqual(here.backend);
    expect(there.inspect()).toEqual(here.inspect());
    expect(progress.at(-1)).toBe(1);
  });

  it("answers as it would here, one picture or a list", async () => {
    await there.warmUp();
    const [one, two] = pictures as [(typeof pictures)[0], (typeof pictures)[0]];
    expect(await there.classify(one, { topK: 2 })).toEqual(await here.classify(one, { topK: 2 }));
    expect(await there.logits(pictures)).toEqual(await here.logits(pictures));
    expect(await there.embed([one])).toEqual([await here.embed(one)]);
    expect(await there.features(two, { size: 96 })).toEqual(await here.features(two, { size: 96 }));
  });

  it("leaves the caller's pixels with the caller", async () => {
    const [picture] = pictures as [(typeof pictures)[0]];
    const before = picture.data.slice();
    await there.logits(picture);
    expect(picture.data).toEqual(before);
  });

  it("reads a tensor here, and sends its pixels", async () => {
    const tensor = { shape: [32, 32, 3], dtype: "float32", data: async () => new Float32Array(32 * 32 * 3).fill(0.5) };
    const grey = { tensor, range: [0, 1] } as const;
    expect(await there.logits(grey as never)).toEqual(await here.logits(grey as never));
  });

  it("throws the errors that it would throw here", async () => {
    const wrong = { ...pictures[0]!, data: new Uint8ClampedArray(3) };
    const message = await here.classify(wrong).catch((error: Error) => error.message);
    await expect(there.classify(wrong)).rejects.toMatchObject({ code: "bad-image", message });
    await expect(client.load("efficientnet-b99", options)).rejects.toMatchObject({ code: "unknown-name" });
  });

  it("stops when its signal fires, also in the middle of a list, and goes on with other questions", async () => {
    await expect(there.logits(pictures, { signal: AbortSignal.abort("enough") })).rejects.toMatchObject({
      code: "aborted",
      cause: "enough",
    });
    const controller = new AbortController();
    const many = Array.from({ length: 200 }, () => pictures[0]!);
    const running = there.logits(many, { signal: controller.signal, batchSize: 1 });
    setTimeout(() => controller.abort());
    await expect(running).rejects.toMatchObject({ code: "aborted" });
    expect(await there.logits(pictures[0]!)).toEqual(await here.logits(pictures[0]!));
  });

  it("cannot be used after dispose, and others can", async () => {
    const other = await client.load("test-efficientnet", { ...options, weights: new Blob([bytes.slice()]) });
    other.dispose();
    other.dispose();
    await expect(other.embed(pictures[0]!)).rejects.toMatchObject({ code: "disposed" });
    expect((await there.embed(pictures[0]!)).length).toBe(256);
  });
});

describe("loading into a worker", () => {
  it("moves the bytes of weights where it may", async () => {
    using client = connect();
    const weights = bytes.slice();
    const net = await client.load("test-efficientnet", { ...options, weights, transfer: true });
    expect(weights.length).toBe(0);
    expect(await net.embed(pictures[0]!)).toHaveLength(256);
  });

  it("refuses what cannot be sent, and says so", async () => {
    using client = connect();
    const messages: string[] = [];
    const attempts = [
      { ...options, weights: await readCheckpoint(bytes) },
      { ...options, download: { fetch } },
      { ...options, labels: ["a", "b", () => "c"] as never },
    ];
    for (const attempt of attempts) {
      messages.push((await client.load("test-efficientnet", attempt).catch((error: Error) => String(error))) as string);
    }
    expect(messages).toMatchInlineSnapshot(`
      [
        "EfficientNetError: a checkpoint that is open here cannot be sent to a worker
        expected: an address, the bytes of its files, or a Blob",
        "EfficientNetError: download.fetch is code
        expected: data, since it is sent to a worker
        hint: download here, and pass the bytes as weights",
        "EfficientNetError: something that was passed cannot be sent to a worker
        received: () => "c" could not be cloned.",
      ]
    `);
  });

  it("leaves nothing in the worker when it is aborted", async () => {
    using client = connect();
    const controller = new AbortController();
    const loading = client.load("test-efficientnet", {
      ...options,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(loading).rejects.toMatchObject({ code: "aborted" });
    const again = await client.load("test-efficientnet", options);
    expect(await again.embed(pictures[0]!)).toHaveLength(256);
  });
});

describe("the end of a worker", () => {
  it("answers whoever waits, and whoever comes later, when the client is disposed", async () => {
    const client = connect();
    const net = await client.load("test-efficientnet", options);
    const running = net.logits(pictures);
    client.dispose();
    await expect(running).rejects.toMatchObject({ code: "disposed" });
    await expect(net.logits(pictures)).rejects.toMatchObject({ code: "disposed" });
  });

  it("answers whoever waits when it dies", async () => {
    const worker = Object.assign(new EventTarget(), { postMessage: () => undefined });
    const client = createWorkerClient({ worker });
    const loading = client.load("test-efficientnet", options);
    await Promise.resolve();
    setTimeout(() => worker.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" })));
    await expect(loading).rejects.toMatchObject({
      code: "backend-failed",
      message: "the worker of the networks failed: out of memory",
    });
    await expect(client.load("test-efficientnet", options)).rejects.toMatchObject({ code: "backend-failed" });
  });
});
