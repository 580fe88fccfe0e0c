import { fileURLToPath } from "node:url";
import { type OpenedPage, openPage } from "@efficientnet-tooling/chromium";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breakOff, sendFile, type TestServer, testServer } from "../testing/test-server.js";

const FILE = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 13) & 0xff);
const SUM = FILE.reduce((sum, byte) => sum + byte, 0);

let page: OpenedPage;
let server: TestServer;
beforeAll(async () => {
  // Another origin than the page's, which allows it to read and nothing more.
  server = await testServer((request, response, count) => {
    response.setHeader("access-control-allow-origin", "*");
    if (request.method !== "GET") return response.writeHead(403).end();
    if (request.path === "/moved.pth") return response.writeHead(302, { location: "/b0.pth" }).end();
    if (request.path === "/flaky.pth" && count === 0) return breakOff(response, FILE, 100_000);
    return sendFile(request, response, FILE);
  });
  page = await openPage({ entry: fileURLToPath(new URL("cache.page.ts", import.meta.url)) });
});
afterAll(async () => {
  await page?.close();
  await server?.close();
});

describe("downloads in a page", () => {
  it("are kept in the Cache API, and asked for once", async () => {
    for (const _ of [1, 2]) expect(await page.call("load", `${server.url}/b0.pth`)).toEqual([["b0.pth", SUM]]);
    expect(server.requests.filter(({ path }) => path === "/b0.pth").length).toBe(1);
    expect(await page.call("list")).toMatchObject([{ key: `${server.url}/b0.pth`, meta: { size: FILE.length } }]);
    expect(await page.call("load", `${server.url}/b0.pth`, true)).toEqual([["b0.pth", SUM]]);
  });

  it("are fetched again when the copy was torn", async () => {
    await page.call("tear");
    expect(await page.call("load", `${server.url}/b0.pth`)).toEqual([["b0.pth", SUM]]);
    expect(await page.call("warnings")).toEqual([`the cached copy of ${server.url}/b0.pth is damaged and was removed`]);
  });

  it("follow redirects", async () => {
    expect(await page.call("load", `${server.url}/moved.pth`)).toEqual([["moved.pth", SUM]]);
  });

  it("go on where the connection broke off, on another origin that allows no headers of ours", async () => {
    expect(await page.call("load", `${server.url}/flaky.pth`)).toEqual([["flaky.pth", SUM]]);
    const ranges = server.requests.filter(({ path }) => path === "/flaky.pth").map(({ headers }) => headers.range);
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=\d+-$/)]);
  });

  it("can be cleared", async () => {
    expect(await page.call("clear")).toBe(3 * FILE.length);
    expect(await page.call("list")).toEqual([]);
  });

  it("last longer than the page, without being asked to", async () => {
    expect(await page.call("lasting")).toBe(true);
  });
});
