import { createHash } from "node:crypto";
import { isEfficientNetError } from "@efficientnet/errors";
import { afterEach, describe, expect, it } from "vitest";
import { breakOff, type Handler, sendFile, type TestServer, testServer } from "../testing/test-server.js";
import {
  type DownloadOptions,
  type DownloadProgress,
  downloadWeights,
  memoryCache,
  type WeightsCache,
} from "./index.js";

const FILE = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31 + (i >> 8)) & 0xff);
const opened: TestServer[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function serve(handler: Handler): Promise<TestServer> {
  const server = await testServer(handler);
  opened.push(server);
  return server;
}

const options = (more: DownloadOptions = {}): DownloadOptions => ({
  cache: memoryCache(),
  retries: 2,
  retryDelay: 1,
  ...more,
});

const messageOf = async (download: Promise<unknown>): Promise<string> => {
  const error = await download.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!isEfficientNetError(error)) throw error ?? new Error("the download succeeded");
  return `${error.code}: ${error.message.replaceAll(/127\.0\.0\.1:\d+/g, "HOST")}`;
};

describe("a download", () => {
  it("gives the bytes by the name of the file, and reports every byte", async () => {
    const server = await serve((request, response) => sendFile(request, response, FILE));
    const seen: DownloadProgress[] = [];
    const files = await downloadWeights(`${server.url}/folder/net%20b0.safetensors?x=1`, {
      ...options(),
      onProgress: (progress) => seen.push(progress),
    });
    expect([...files.keys()]).toEqual(["net b0.safetensors"]);
    expect(Buffer.compare(files.get("net b0.safetensors") ?? new Uint8Array(), FILE)).toBe(0);
    expect(seen.at(-1)).toEqual({ bytes: FILE.length, total: FILE.length, name: "net b0.safetensors" });
    expect(seen.every(({ total }) => total === FILE.length)).toBe(true);
  });

  it("goes on where the connection broke off, asking for the same version", async () => {
    const server = await serve((request, response, count) =>
      count === 0 ? breakOff(response, FILE, 100_000) : sendFile(request, response, FILE),
    );
    const files = await downloadWeights(`${server.url}/b0.pth`, options());
    expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
    expect(server.requests.map(({ headers }) => [headers.range, headers["if-range"]])).toEqual([
      [undefined, undefined],
      ["bytes=100000-", '"v1"'],
    ]);
  });

  it("starts over when the file changed meanwhile", async () => {
    const changed = FILE.map((byte) => byte ^ 1);
    const server = await serve((request, response, count) =>
      count === 0 ? breakOff(response, FILE, 100_000) : sendFile(request, response, changed, '"v2"'),
    );
    const files = await downloadWeights(`${server.url}/b0.pth`, options());
    expect(Buffer.compare(files.get("b0.pth")!, changed)).toBe(0);
  });

  it("starts over when a server ignores the version it was asked for", async () => {
    const changed = FILE.map((byte) => byte ^ 1);
    const server = await serve((request, response, count) =>
      count === 0
        ? breakOff(response, FILE, 100_000)
        : sendFile({ ...request, headers: { ...request.headers, "if-range": undefined } }, response, changed, '"v2"'),
    );
    const files = await downloadWeights(`${server.url}/b0.pth`, options());
    expect(Buffer.compare(files.get("b0.pth")!, changed)).toBe(0);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=100000-", undefined]);
  });

  it("arrives whole however often the connection breaks", async () => {
    const server = await serve((request, response, count) => {
      const stops = [1, 99_999, 100_000, 100_001, 250_000, FILE.length - 1];
      const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      const to = stops[count] ?? FILE.length;
      const range = `bytes ${from}-${FILE.length - 1}/${FILE.length}`;
      response.writeHead(from === 0 ? 200 : 206, {
        etag: '"v1"',
        "content-length": FILE.length - from,
        ...(from === 0 ? {} : { "content-range": range }),
      });
      const part = FILE.subarray(from, to);
      if (to === FILE.length) response.end(part);
      else response.write(part, () => setTimeout(() => response.destroy(), 20));
    });
    const files = await downloadWeights(`${server.url}/b0.pth`, options({ retries: 10 }));
    expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
    expect(server.requests.length).toBe(7);
  });

  it("counts failures anew after a connection that brought a megabyte", async () => {
    const large = new Uint8Array(5 * 2 ** 20).fill(7);
    const server = await serve((request, response) => {
      const from = Number(/\d+/.exec(request.headers.range ?? "0")?.[0]);
      const left = large.length - from;
      response.writeHead(from === 0 ? 200 : 206, {
        etag: '"v1"',
        "content-length": left,
        ...(from === 0 ? {} : { "content-range": `bytes ${from}-${large.length - 1}/${large.length}` }),
      });
      const part = large.subarray(from, from + 1.5 * 2 ** 20);
      if (part.length === left) response.end(part);
      else response.write(part, () => setTimeout(() => response.destroy(), 20));
    });
    const files = await downloadWeights(`${server.url}/l2.pth`, options({ retries: 1 }));
    expect(files.get("l2.pth")?.length).toBe(large.length);
    expect(server.requests.length).toBe(4);
  });

  it("starts over when the server has no more bytes of what it began to send", async () => {
    const server = await serve((request, response, count) => {
      if (count === 0) breakOff(response, FILE, 100_000);
      else if (count === 1) response.writeHead(416).end();
      else sendFile(request, response, FILE);
    });
    const files = await downloadWeights(`${server.url}/b0.pth`, options());
    expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
    expect(server.requests.at(-1)?.headers.range).toBeUndefined();
  });

  it("gives up after its retries, saying how far it came", async () => {
    const server = await serve((_, response) => breakOff(response, FILE, 1000));
    expect(await messageOf(downloadWeights(`${server.url}/b0.pth`, options()))).toMatchInlineSnapshot(`
      "unreachable: the connection to HOST broke off
        received: 1000 of 300000 bytes
        hint: try again later"
    `);
    expect(server.requests.length).toBe(3);
  });

  it("comes back when a busy server says, not when it would have by itself", async () => {
    const server = await serve((request, response, count) => {
      if (count === 0) response.writeHead(429, { "retry-after": "0" }).end();
      else sendFile(request, response, FILE);
    });
    await downloadWeights(`${server.url}/b0.pth`, options({ retryDelay: 3_600_000 }));
    expect(server.requests.length).toBe(2);
  });

  it("does not wait for hours", async () => {
    const server = await serve((_, response) => response.writeHead(503, { "retry-after": "7200" }).end());
    expect(await messageOf(downloadWeights(`${server.url}/b0.pth`, options()))).toMatchInlineSnapshot(`
      "unreachable: the server cannot serve http://HOST/b0.pth now
        received: HTTP 503 Service Unavailable
        hint: the server asks to wait 7200 s"
    `);
    expect(server.requests.length).toBe(1);
  });

  it("understands a date to come back at", async () => {
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const server = await serve((_, response) => response.writeHead(429, { "retry-after": date }).end());
    const message = await messageOf(downloadWeights(`${server.url}/b0.pth`, options()));
    expect(message).toMatch(/the server asks to wait (3[56]\d\d) s/);
  });

  it.each<[string, number, Record<string, string>]>([
    ["a missing file", 404, {}],
    ["a forbidden one", 403, {}],
    ["a gated repository", 401, { "x-error-code": "GatedRepo" }],
    ["an odd answer", 451, {}],
  ])("does not try again after %s", async (_, status, headers) => {
    const server = await serve((_, response) => response.writeHead(status, headers).end());
    expect(await messageOf(downloadWeights(`${server.url}/b0.pth?signature=secret`, options()))).toMatchSnapshot();
    expect(server.requests.length).toBe(1);
  });

  it("says so when nobody answers", async () => {
    const server = await testServer(() => undefined);
    await server.close();
    const message = await messageOf(downloadWeights(`${server.url}/b0.pth`, options({ retries: 0 })));
    expect(message).toContain("unreachable: no answer from HOST\n  received: fetch failed: connect ECONNREFUSED");
  });

  it("gives up on a server that falls silent", async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { "content-length": 100 }).write("x");
    });
    const message = await messageOf(downloadWeights(`${server.url}/b0.pth`, options({ stallTimeout: 60, retries: 0 })));
    expect(message).toMatchInlineSnapshot(`
      "unreachable: the connection to HOST broke off
        received: 1 of 100 bytes
        hint: try again later"
    `);
  });

  it("refuses a web page in place of the file", async () => {
    const page = "<!DOCTYPE html><title>Log in</title>";
    const typed = await serve((_, response) =>
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page),
    );
    expect(await messageOf(downloadWeights(`${typed.url}/b0.pth`, options()))).toMatchInlineSnapshot(`
      "wrong-file: the server answered with a web page instead of b0.pth
        received: text/html; charset=utf-8 from http://HOST/b0.pth
        hint: check the address; a network that wants a login answers so too"
    `);
    const untyped = await serve((_, response) => response.writeHead(200).end(page));
    expect(await messageOf(downloadWeights(`${untyped.url}/b0.pth`, options()))).toMatchInlineSnapshot(`
      "wrong-file: the server answered with something else than b0.pth
        received: a web page
        hint: check the address the file comes from"
    `);
  });

  it("refuses a Git LFS pointer", async () => {
    const server = await serve((_, response) =>
      response.end("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
    );
    expect(await messageOf(downloadWeights(`${server.url}/b0.pth`, options()))).toContain(
      "received: a Git LFS pointer",
    );
  });

  it("does not take the length of an encoded answer for the file's", async () => {
    const { gzipSync } = await import("node:zlib");
    const encoded = gzipSync(FILE);
    const server = await serve((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip", "content-length": encoded.length }).end(encoded),
    );
    const totals: (number | null)[] = [];
    const onProgress = ({ total }: DownloadProgress) => totals.push(total);
    const files = await downloadWeights(`${server.url}/b0.pth`, options({ onProgress }));
    expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
    expect(new Set(totals.slice(0, -1))).toEqual(new Set([null]));
    expect(totals.at(-1)).toBe(FILE.length);
  });

  it("starts over where an encoded answer broke off", async () => {
    const { gzipSync } = await import("node:zlib");
    const encoded = gzipSync(FILE);
    const server = await serve((_, response, count) => {
      response.writeHead(200, { "content-encoding": "gzip", "content-length": encoded.length, etag: '"v1"' });
      if (count > 0) response.end(encoded);
      else response.write(encoded.subarray(0, -10), () => setTimeout(() => response.destroy(), 20));
    });
    const files = await downloadWeights(`${server.url}/b0.pth`, options());
    expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
    expect(server.requests.map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
  });

  it("refuses files beyond the limit before it has read them", async () => {
    const server = await serve((request, response) => sendFile(request, response, FILE));
    expect(
      await messageOf(downloadWeights(`${server.url}/b0.pth`, options({ maxBytes: 1000 }))),
    ).toMatchInlineSnapshot(`
      "unsupported: the file is larger than is allowed
        expected: at most 1000 bytes
        received: 300000 bytes or more
        hint: raise maxBytes"
    `);
  });

  it("checks the hash that the hub states on the way to its storage", async () => {
    const handler =
      (sha256: string): Handler =>
      (request, response) => {
        if (request.path === "/stored") return sendFile(request, response, FILE);
        return response.writeHead(302, { location: "/stored", "x-linked-etag": `"${sha256}"` }).end();
      };
    const right = await serve(handler(createHash("sha256").update(FILE).digest("hex")));
    expect((await downloadWeights(`${right.url}/b0.pth`, options())).get("b0.pth")?.length).toBe(FILE.length);
    const wrong = await serve(handler("ab".repeat(32)));
    const message = await messageOf(downloadWeights(`${wrong.url}/b0.pth`, options()));
    expect(message).toContain(
      `wrong-file: b0.pth does not have the content that was published\n  expected: sha256 abab`,
    );
  });

  it("gives up on redirects that lead in circles", async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: "/again" }).end());
    expect(await messageOf(downloadWeights(`${server.url}/b0.pth`, options()))).toMatchInlineSnapshot(`
      "unreachable: http://HOST/b0.pth redirects in circles
        received: more than 8 redirects"
    `);
  });
});

describe("an aborted download", () => {
  it("ends with its own error, keeps nothing, and closes the connection", async () => {
    let closed: () => void = () => undefined;
    const connectionClosed = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const server = await serve((_, response) => {
      response.on("close", closed);
      response.writeHead(200, { "content-length": FILE.length }).write(FILE.subarray(0, 1000));
    });
    const cache = memoryCache();
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error("the page was left"));
    const download = downloadWeights(`${server.url}/b0.pth`, options({ cache, signal: controller.signal, onProgress }));
    expect(await messageOf(download)).toBe("aborted: the download was aborted");
    await connectionClosed;
    expect(await cache.list()).toEqual([]);
  });

  it("does not begin when the signal has fired already", async () => {
    const server = await serve((request, response) => sendFile(request, response, FILE));
    const download = downloadWeights(`${server.url}/b0.pth`, options({ signal: AbortSignal.abort() }));
    expect(await messageOf(download)).toBe("aborted: the download was aborted");
    expect(server.requests).toEqual([]);
  });

  it("does not wait for the next retry", async () => {
    const server = await serve((_, response) => response.writeHead(503).end());
    const controller = new AbortController();
    const download = downloadWeights(
      `${server.url}/b0.pth`,
      options({ signal: controller.signal, retryDelay: 60_000 }),
    );
    setTimeout(() => controller.abort(), 50);
    expect(await messageOf(download)).toBe("aborted: the download was aborted");
  });
});

describe("downloads of one file at once", () => {
  it("share one request, and all see its progress", async () => {
    const server = await serve((request, response) => sendFile(request, response, FILE));
    const cache = memoryCache();
    const reported = [0, 0, 0];
    const downloads = reported.map((_, i) =>
      downloadWeights(
        `${server.url}/b0.pth`,
        options({ cache, onProgress: ({ bytes }) => reported.splice(i, 1, bytes) }),
      ),
    );
    const all = await Promise.all(downloads);
    expect(all.map((files) => files.get("b0.pth")?.length)).toEqual([FILE.length, FILE.length, FILE.length]);
    expect(reported).toEqual([FILE.length, FILE.length, FILE.length]);
    expect(server.requests.length).toBe(1);
  });

  it("go on for the others when one is aborted", async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { "content-length": FILE.length }).write(FILE.subarray(0, 1000));
      setTimeout(() => response.end(FILE.subarray(1000)), 60);
      void request;
    });
    const cache = memoryCache();
    const controller = new AbortController();
    const onProgress = () => controller.abort();
    const impatient = downloadWeights(
      `${server.url}/b0.pth`,
      options({ cache, signal: controller.signal, onProgress }),
    );
    const patient = downloadWeights(`${server.url}/b0.pth`, options({ cache }));
    expect(await messageOf(impatient)).toBe("aborted: the download was aborted");
    expect((await patient).get("b0.pth")?.length).toBe(FILE.length);
    expect(server.requests.length).toBe(1);
  });
});

describe("the cache", () => {
  const cached = async (handler: Handler, cache: WeightsCache, more: DownloadOptions = {}) => {
    const server = await serve(handler);
    const load = (again: DownloadOptions = {}) =>
      downloadWeights(`${server.url}/b0.pth`, options({ cache, ...more, ...again }));
    return { server, load };
  };
  const plain: Handler = (request, response) => sendFile(request, response, FILE);

  it("serves a file again after asking whether it is still the same", async () => {
    const { server, load } = await cached(plain, memoryCache());
    const first = await load();
    const second = await load();
    expect(second).toEqual(first);
    expect(server.requests.map(({ headers }) => headers["if-none-match"])).toEqual([undefined, '"v1"']);
  });

  it("takes a new version", async () => {
    const versions = [FILE, FILE.slice(0, 1000)] as const;
    const { load } = await cached(
      (request, response, count) => sendFile(request, response, versions[count]!, `"v${count}"`),
      memoryCache(),
    );
    await load();
    expect((await load()).get("b0.pth")?.length).toBe(1000);
  });

  it("is enough while offline, and when the network is down, which is said", async () => {
    const cache = memoryCache();
    const { server, load } = await cached(plain, cache);
    await load();
    await server.close();
    expect((await load({ offline: true })).get("b0.pth")?.length).toBe(FILE.length);
    const warnings: string[] = [];
    expect((await load({ onWarning: (message) => warnings.push(message) })).get("b0.pth")?.length).toBe(FILE.length);
    expect(warnings.length).toBe(1);
    expect(warnings[0]).toContain(
      "b0.pth comes from the cache, since it cannot be checked for changes: no answer from",
    );
  });

  it("says what is missing while offline", async () => {
    const { server, load } = await cached(plain, memoryCache());
    expect(await messageOf(load({ offline: true }))).toMatchInlineSnapshot(`
      "unreachable: b0.pth is not in the cache, and nothing is asked for while offline
        received: http://HOST/b0.pth
        hint: load it once with a connection"
    `);
    expect(server.requests).toEqual([]);
  });

  it("never serves a copy that was torn or altered", async () => {
    for (const damage of [(bytes: Uint8Array) => bytes.slice(0, 1000), (bytes: Uint8Array) => bytes.fill(7, 5, 6)]) {
      const cache = memoryCache();
      const { server, load } = await cached(plain, cache);
      await load();
      const [entry] = await cache.list();
      const stored = await cache.read(entry!.key);
      await cache.write(entry!.key, damage(stored!.bytes), stored!.meta);
      const warnings: string[] = [];
      const files = await load({ onWarning: (message) => warnings.push(message) });
      expect(Buffer.compare(files.get("b0.pth")!, FILE)).toBe(0);
      expect(warnings).toEqual([`the cached copy of ${server.url}/b0.pth is damaged and was removed`]);
      expect((await cache.read(entry!.key))?.bytes.length).toBe(FILE.length);
    }
  });

  it("costs nothing but a warning when the disk is full", async () => {
    const full: WeightsCache = {
      ...memoryCache(),
      write: () => Promise.reject(new DOMException("no room", "QuotaExceededError")),
    };
    const warnings: string[] = [];
    const { load } = await cached(plain, full, { onWarning: (message) => warnings.push(message) });
    expect((await load()).get("b0.pth")?.length).toBe(FILE.length);
    expect(warnings.map((warning) => warning.replace(/^http\S+/, "b0.pth"))).toEqual([
      "b0.pth could not be cached and is in memory only (QuotaExceededError: no room)",
    ]);
  });

  it("can be left out", async () => {
    const server = await serve(plain);
    const load = () => downloadWeights(`${server.url}/b0.pth`, options({ cache: null }));
    await load();
    await load();
    expect(server.requests.length).toBe(2);
  });
});
