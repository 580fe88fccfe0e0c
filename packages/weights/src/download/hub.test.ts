import { createHash } from "node:crypto";
import { isEfficientNetError } from "@efficientnet/errors";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { type Handler, hubListing, sendFile, type TestServer, testServer } from "../testing/test-server.js";
import { parseListing } from "./hub-listing.js";
import { type DownloadOptions, type DownloadProgress, downloadWeights, memoryCache } from "./index.js";

const COMMIT = "0123456789abcdef0123456789abcdef01234567";
const NEXT = "89abcdef0123456789abcdef0123456789abcdef";
const FILE = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 13) & 0xff);
const hashOf = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const lfs = (bytes: Uint8Array) => ({ size: bytes.length, sha256: hashOf(bytes) });
const API = "/api/models/owner/name/revision/main?blobs=true";

const opened: TestServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});
async function serve(handler: Handler): Promise<TestServer> {
  const server = await testServer(handler);
  opened.push(server);
  return server;
}

/** A hub with one repository at one commit. */
const repository =
  (
    files: Readonly<Record<string, Uint8Array>>,
    commit = COMMIT,
    hashes: Readonly<Record<string, object>> = {},
  ): Handler =>
  (request, response) => {
    if (request.path.startsWith("/api/")) {
      const listed = Object.entries(files).map(([name, bytes]) => [name, { ...lfs(bytes), ...hashes[name] }] as const);
      return response.end(hubListing(commit, Object.fromEntries(listed)));
    }
    const bytes = files[decodeURIComponent(request.path.replace(`/owner/name/resolve/${commit}/`, ""))];
    return bytes === undefined ? response.writeHead(404).end() : sendFile(request, response, bytes);
  };

const load = (server: TestServer, source: string, more: DownloadOptions = {}) =>
  downloadWeights(source, { cache: memoryCache(), endpoint: server.url, retries: 1, retryDelay: 1, ...more });

const messageOf = async (download: Promise<unknown>): Promise<string> => {
  const error = await download.catch((thrown: unknown) => thrown);
  if (!isEfficientNetError(error)) throw error;
  return `${error.code}: ${error.message.replaceAll(/127\.0\.0\.1:\d+/g, "HOST")}`;
};

describe("a file on the Hugging Face hub", () => {
  it("is pinned to the commit that the revision means now", async () => {
    const server = await serve(repository({ "model.safetensors": FILE, "pytorch_model.bin": FILE }));
    const files = await load(server, "hf:owner/name");
    expect([...files.keys()]).toEqual(["model.safetensors"]);
    expect(server.requests.map(({ path }) => path)).toEqual([API, `/owner/name/resolve/${COMMIT}/model.safetensors`]);
  });

  it("is the one that was named, in its folder", async () => {
    const server = await serve(repository({ "model.safetensors": FILE, "old/b 0.pth": FILE }));
    expect([...(await load(server, "hf:owner/name/old/b 0.pth")).keys()]).toEqual(["b 0.pth"]);
    expect(await messageOf(load(server, "hf:owner/name/b1.pth"))).toMatchInlineSnapshot(`
      "unknown-name: owner/name has no b1.pth
        received: model.safetensors, old/b 0.pth
        hint: these are the files of commit 0123456789ab; name one as hf:owner/name/FILE"
    `);
    const other = await serve(repository({ "README.md": FILE }));
    expect(await messageOf(load(other, "hf:owner/name"))).toMatchInlineSnapshot(`
      "unknown-name: owner/name has no weights file of a usual name
        expected: model.safetensors or model.safetensors.index.json or pytorch_model.bin
        received: README.md
        hint: these are the files of commit 0123456789ab; name one as hf:owner/name/FILE"
    `);
  });

  it("must have the content that the hub lists", async () => {
    const server = await serve(
      repository({ "model.safetensors": FILE }, COMMIT, { "model.safetensors": { sha256: "ab".repeat(32) } }),
    );
    const cache = memoryCache();
    expect(await messageOf(load(server, "hf:owner/name", { cache }))).toMatchInlineSnapshot(`
      "wrong-file: model.safetensors does not have the content that was published
        expected: sha256 abababababababababababababababababababababababababababababababab
        received: sha256 9a85daadf4494ab74cb72916b50afdb9e542c2f9342af25b06d284655b8d9bc6 (50000 bytes)
        hint: the file was damaged on its way, or was replaced; try again, or take another source"
    `);
    expect((await cache.list()).map(({ key }) => key)).toEqual([`${server.url}/owner/name@main`]);
  });

  it("must have the length that the hub lists", async () => {
    const server = await serve((request, response) => {
      if (!request.path.startsWith("/api/")) return sendFile(request, response, FILE);
      return response.end(hubListing(COMMIT, { "model.safetensors": { size: 100, sha256: hashOf(FILE) } }));
    });
    expect(await messageOf(load(server, "hf:owner/name"))).toMatchInlineSnapshot(`
      "wrong-file: model.safetensors is longer than was published
        expected: 100 bytes
        received: 50000 bytes"
    `);
  });

  it("is checked by git's own hash where it is no LFS file", async () => {
    const small = new TextEncoder().encode("hello\n");
    // git hash-object of a file with this content.
    const listing = (git: string) => hubListing(COMMIT, { "b0.pth": { size: small.length, git } });
    const handler =
      (git: string): Handler =>
      (request, response) =>
        request.path.startsWith("/api/") ? response.end(listing(git)) : sendFile(request, response, small);
    const right = await serve(handler("ce013625030ba8dba906f756967f9e9ca394464a"));
    expect((await load(right, "hf:owner/name/b0.pth")).get("b0.pth")).toEqual(small);
    const wrong = await serve(handler("ce013625030ba8dba906f756967f9e9ca394464b"));
    expect(await messageOf(load(wrong, "hf:owner/name/b0.pth"))).toContain("expected: git ce013625");
  });

  it("is asked for once, for as long as its commit stays or its content does", async () => {
    const cache = memoryCache();
    const server = await serve((request, response, count) =>
      repository({ "model.safetensors": FILE }, request.path === API && count > 0 ? NEXT : COMMIT)(
        request,
        response,
        count,
      ),
    );
    for (const _ of [1, 2, 3]) await load(server, "hf:owner/name", { cache });
    expect(server.requests.map(({ path }) => path)).toEqual([
      API,
      `/owner/name/resolve/${COMMIT}/model.safetensors`,
      API,
      API,
    ]);
    await server.close();
    expect((await load(server, "hf:owner/name", { cache })).get("model.safetensors")?.length).toBe(FILE.length);
    expect((await load(server, "hf:owner/name", { cache, offline: true })).get("model.safetensors")?.length).toBe(
      FILE.length,
    );
  });

  it("needs no request at all once its commit is named and it is cached", async () => {
    const cache = memoryCache();
    const server = await serve(repository({ "model.safetensors": FILE }));
    for (const _ of [1, 2]) await load(server, `hf:owner/name@${COMMIT}`, { cache });
    expect(server.requests.length).toBe(2);
  });

  it("comes with its shards, and the total is exact from the first of their bytes", async () => {
    const shards = { "x-1.safetensors": FILE, "x-2.safetensors": FILE.slice(0, 20_000) };
    const index = new TextEncoder().encode(
      JSON.stringify({ weight_map: { a: "x-1.safetensors", b: "x-2.safetensors" } }),
    );
    const server = await serve(
      repository({
        "v1/model.safetensors.index.json": index,
        ...Object.fromEntries(Object.entries(shards).map(([name, bytes]) => [`v1/${name}`, bytes])),
      }),
    );
    const seen: DownloadProgress[] = [];
    const onProgress = (progress: DownloadProgress) => seen.push(progress);
    const files = await load(server, "hf:owner/name/v1/model.safetensors.index.json", { onProgress });
    expect([...files.keys()]).toEqual(["model.safetensors.index.json", ...Object.keys(shards)]);
    const total = index.length + 70_000;
    const afterIndex = seen.filter(({ name }) => name !== "model.safetensors.index.json");
    expect(new Set(afterIndex.map((progress) => progress.total))).toEqual(new Set([total]));
    expect(seen.at(-1)?.bytes).toBe(total);
    expect(seen.every(({ bytes }, i) => i === 0 || bytes >= seen[i - 1]!.bytes)).toBe(true);
  });

  it("is not given out without the terms accepted, and the message says what to do", async () => {
    const gated: Handler = (request, response) =>
      request.path.startsWith("/api/")
        ? response.end(hubListing(COMMIT, { "model.safetensors": lfs(FILE) }))
        : response.writeHead(403, { "x-error-code": "GatedRepo" }).end();
    expect(await messageOf(load(await serve(gated), "hf:owner/name"))).toMatchInlineSnapshot(`
      "forbidden: the server does not give out http://HOST/owner/name/resolve/0123456789abcdef0123456789abcdef01234567/model.safetensors
        received: HTTP 403 Forbidden: the repository is gated
        hint: accept its terms on its page, and pass the token of that account (HF_TOKEN)"
    `);
  });

  it("has a repository and a revision", async () => {
    const server = await serve((_, response) => response.writeHead(404).end());
    expect(await messageOf(load(server, "hf:owner/name@v2"))).toMatchInlineSnapshot(`
      "unknown-name: the server has no repository owner/name at "v2"
        received: HTTP 404 Not Found
        hint: check the spelling, the revision, and that the file is published there"
    `);
  });

  it("is refused when the hub answers with something else than a list", async () => {
    const server = await serve((_, response) => response.end('{"error":"maintenance"}'));
    const cache = memoryCache();
    const message = await messageOf(load(server, "hf:owner/name", { cache }));
    expect(await cache.list()).toEqual([]);
    expect(message).toMatchInlineSnapshot(`
      "wrong-file: the hub did not answer with the files of owner/name
        expected: a commit and its siblings
        received: {"error":"maintenance"}"
    `);
  });
});

describe("a listing", () => {
  it("is read or refused, whatever the hub answers", () => {
    const file = fc.record({
      rfilename: fc.anything(),
      size: fc.anything(),
      blobId: fc.anything(),
      lfs: fc.anything(),
    });
    const listing = fc.record({
      sha: fc.constantFrom(COMMIT, "main", 7),
      siblings: fc.oneof(fc.array(file), fc.anything()),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          listing.map((value) => JSON.stringify(value, (_, item) => (typeof item === "bigint" ? 1 : item))),
        ),
        (text) => {
          try {
            for (const [name, { size }] of parseListing("owner/name", new TextEncoder().encode(text)).files)
              expect([typeof name, size === null || size >= 0]).toEqual(["string", true]);
          } catch (error) {
            expect(isEfficientNetError(error, "wrong-file")).toBe(true);
          }
        },
      ),
    );
  });
});

describe("the hub's token", () => {
  it("goes to the hub, not to its storage, and into no message", async () => {
    const storage = await serve((request, response) => sendFile(request, response, FILE));
    const server = await serve((request, response) =>
      request.path.startsWith("/api/")
        ? response.end(hubListing(COMMIT, { "model.safetensors": lfs(FILE) }))
        : response.writeHead(302, { location: `${storage.url}/blob?signature=1` }).end(),
    );
    await load(server, "hf:owner/name", { token: "hf_secret" });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      "Bearer hf_secret",
      "Bearer hf_secret",
    ]);
    expect(storage.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    await storage.close();
    expect(await messageOf(load(server, "hf:owner/name", { token: "hf_secret" }))).not.toContain("hf_secret");
  });

  it("does not go to other addresses", async () => {
    const server = await serve((request, response) => sendFile(request, response, FILE));
    await downloadWeights(`${server.url}/b0.pth`, { cache: null, token: "hf_secret" });
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });
});
