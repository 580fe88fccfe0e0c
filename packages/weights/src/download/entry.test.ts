import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { readCheckpoint } from "../index.js";
import { findEntry, type WeightsFile } from "../registry/index.js";
import { makeTarGz } from "../testing/make-tar.js";
import { type Handler, hubListing, sendFile, type TestServer, testServer } from "../testing/test-server.js";
import { type DownloadOptions, downloadWeights, memoryCache } from "./index.js";

const FILE = Uint8Array.from({ length: 5000 }, (_, i) => (i * 13) & 0xff);
const hash = (algorithm: string) => createHash(algorithm).update(FILE).digest("hex");

let server: TestServer | undefined;
afterEach(() => server?.close());

/** Sends every request to the test server, whatever host it was meant for. */
async function serve(handler: Handler): Promise<DownloadOptions> {
  const own = await testServer(handler);
  server = own;
  const rerouted: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(String(input));
    return fetch(own.url + pathname + search, init);
  };
  return { cache: memoryCache(), fetch: rerouted, retries: 0 };
}

/** A set of weights of the registry with files that this test can serve. */
const entry = (...files: readonly WeightsFile[]) => ({
  kind: "entry" as const,
  entry: { ...findEntry("keras/EfficientNetB0"), files },
});

describe("weights of the registry", () => {
  it("come from the hub by their id", async () => {
    const commit = "ab".repeat(20);
    const options = await serve((request, response) =>
      request.path.startsWith("/api/")
        ? response.end(hubListing(commit, { "model.safetensors": { size: FILE.length, sha256: hash("sha256") } }))
        : sendFile(request, response, FILE),
    );
    expect([...(await downloadWeights("timm/efficientnet_b0.ra_in1k", options)).keys()]).toEqual(["model.safetensors"]);
    expect(server?.requests.map(({ path }) => path)).toEqual([
      "/api/models/timm/efficientnet_b0.ra_in1k/revision/main?blobs=true",
      `/timm/efficientnet_b0.ra_in1k/resolve/${commit}/model.safetensors`,
    ]);
  });

  it.each<[string, Partial<WeightsFile>]>([
    ["the MD5 of Keras", { md5: hash("md5") }],
    ["the first digits of a SHA-256", { sha256Prefix: hash("sha256").slice(0, 8) }],
  ])("must have %s, and are then never asked for again", async (_, published) => {
    const options = await serve((request, response) => sendFile(request, response, FILE));
    const url = "https://example.org/b0.h5";
    const right = entry({ url, format: "hdf5", ...published });
    for (const _ of [1, 2]) expect((await downloadWeights(right, options)).get("b0.h5")).toEqual(FILE);
    expect(server?.requests.length).toBe(1);
    const [[name, value] = ["", ""]] = Object.entries(published);
    const wrong = entry({ url, format: "hdf5", [name]: `00${String(value).slice(2)}` });
    await expect(downloadWeights(wrong, options)).rejects.toMatchObject({ code: "wrong-file" });
  });

  it("are those with a classifier", async () => {
    const options = await serve((request, response) => sendFile(request, response, FILE));
    await downloadWeights(
      entry(
        { url: "https://example.org/notop.h5", format: "hdf5", withoutClassifier: true },
        { url: "https://example.org/top.h5", format: "hdf5" },
      ),
      options,
    );
    expect(server?.requests.map(({ path }) => path)).toEqual(["/top.h5"]);
  });

  it("are unpacked and can be read: a TensorFlow checkpoint in a .tar.gz", async () => {
    const folder = new URL("../../fixtures/tensorflow/", import.meta.url);
    const members = ["index", "data-00000-of-00001"].map((suffix) => ({
      name: `b0/tensorflow.ckpt.${suffix}`,
      content: new Uint8Array(readFileSync(new URL(`tensorflow.ckpt.${suffix}`, folder))),
    }));
    const archive = makeTarGz([
      { name: "b0/", type: "5" },
      ...members,
      { name: "b0/tensorflow.ckpt.meta", content: FILE },
    ]);
    const options = await serve((request, response) => sendFile(request, response, archive));
    const files = await downloadWeights("tpu/ckpts/efficientnet-b0", options);
    expect(server?.requests.map(({ path }) => path)).toEqual([
      "/cloud-tpu-checkpoints/efficientnet/ckpts/efficientnet-b0.tar.gz",
    ]);
    const { format, tensors } = await readCheckpoint(files);
    expect(format).toBe("tensorflow");
    const [kernel] = [...tensors].filter(([name]) => /stem\/conv2d\/kernel$/.test(name));
    expect(kernel?.[1].shape.slice(0, 3)).toEqual([3, 3, 3]);
    expect(kernel?.[1].read().every(Number.isFinite)).toBe(true);
  });

  it("come with the files beside an index, whose lengths are asked for first", async () => {
    const index = readFileSync(new URL("../../fixtures/tensorflow/tensorflow.ckpt.index", import.meta.url));
    const options = await serve((request, response) => {
      const bytes = request.path.endsWith(".index") ? index : FILE;
      if (request.method === "HEAD") return response.writeHead(200, { "content-length": bytes.length }).end();
      return sendFile(request, response, bytes);
    });
    const totals = new Set<number | null>();
    const files = await downloadWeights("https://example.org/m/b0.ckpt.index", {
      ...options,
      onProgress: ({ name, total }) => totals.add(name.endsWith(".index") ? null : total),
    });
    expect([...files.keys()]).toEqual(["b0.ckpt.index", "b0.ckpt.data-00000-of-00001"]);
    expect(totals).toEqual(new Set([null, index.length + FILE.length]));
    expect(server?.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /m/b0.ckpt.index",
      "HEAD /m/b0.ckpt.data-00000-of-00001",
      "GET /m/b0.ckpt.data-00000-of-00001",
    ]);
  });
});
