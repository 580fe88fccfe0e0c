import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { getSpec, tensorShapes, withClasses } from "@efficientnet/specs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { foreignWeights, recogniseVariant, writeSafetensors } from "../index.js";
import { fetchHeader } from "./fetch-header.js";

const spec = withClasses(getSpec("efficientnet-b0"), 10);
const sizes = new Map(tensorShapes(spec).map(({ name, shape }) => [name, shape.reduce((a, b) => a * b, 1)]));
const file = writeSafetensors(foreignWeights("timm", spec, (name) => new Float32Array(sizes.get(name) ?? 0)));

describe("fetchHeader", () => {
  let server: Server;
  let address: string;
  let sent = 0;

  const answer = ({ url, headers }: IncomingMessage, response: ServerResponse) => {
    if (url === "/none") return response.writeHead(404).end();
    if (url === "/page") return response.end("<!doctype html><html>sign in</html>");
    const end = Number(/bytes=0-(\d+)/.exec(headers.range ?? "")?.[1]);
    const part = url === "/whole" ? file : file.subarray(0, end + 1);
    sent += part.length;
    const range = { "content-range": `bytes 0-${part.length - 1}/${file.length}` };
    response.writeHead(url === "/whole" ? 200 : 206, {
      ...(url === "/whole" ? {} : range),
      "content-length": part.length,
    });
    return response.end(part);
  };

  beforeAll(async () => {
    server = createServer(answer).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => server.close());

  it("says what a file of 16 MB is for the price of its header", async () => {
    sent = 0;
    const checkpoint = await fetchHeader(`${address}/ranged`);
    expect(recogniseVariant(checkpoint)).toMatchObject({ variant: "efficientnet-b0", classes: 10, score: 1 });
    expect(sent).toBeLessThan(file.length / 100);
  });

  it("takes the head of the whole file from a server that knows no ranges", async () => {
    expect((await fetchHeader(`${address}/whole`)).tensors.size).toBe(tensorShapes(spec).length);
  });

  it("refuses to read values that were not fetched", async () => {
    const checkpoint = await fetchHeader(`${address}/ranged`);
    expect(() => checkpoint.tensors.get("classifier.bias")?.read()).toThrow(
      "only the header was fetched, not classifier.bias",
    );
  });

  it("refuses what is no safetensors file, and names an address without one", async () => {
    await expect(fetchHeader(`${address}/page`)).rejects.toMatchObject({ code: "wrong-file" });
    await expect(fetchHeader(`${address}/none`)).rejects.toMatchObject({ code: "unknown-name" });
  });

  it("stops when its signal has fired", async () => {
    await expect(fetchHeader(`${address}/ranged`, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
  });
});
