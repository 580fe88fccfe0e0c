import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
}

export interface TestServer {
  readonly url: string;
  /** Every request so far. */
  readonly requests: readonly SeenRequest[];
  close(): Promise<void>;
}

export type Handler = (request: SeenRequest, response: ServerResponse, count: number) => unknown;

/** A server on this machine; `count` is how many requests for the same path came before. */
export async function testServer(handler: Handler): Promise<TestServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, response) => {
    const path = incoming.url ?? "/";
    const request = { method: incoming.method ?? "", path, headers: incoming.headers };
    const count = requests.filter((seen) => seen.path === path && seen.method === request.method).length;
    requests.push(request);
    handler(request, response, count);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** Answers with a file as servers of files do: its length, its ETag, and parts of it by Range. */
export function sendFile({ headers }: SeenRequest, response: ServerResponse, bytes: Uint8Array, etag = '"v1"'): void {
  if (headers["if-none-match"] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/.exec(headers.range ?? "")?.[1] ?? 0);
  const whole = from === 0 || (headers["if-range"] !== undefined && headers["if-range"] !== etag);
  const body = whole ? bytes : bytes.subarray(from);
  response.writeHead(whole ? 200 : 206, {
    etag,
    "content-length": body.byteLength,
    ...(whole ? {} : { "content-range": `bytes ${from}-${bytes.byteLength - 1}/${bytes.byteLength}` }),
  });
  response.end(body);
}

/** The first bytes of a file, and then the connection breaks. */
export function breakOff(response: ServerResponse, bytes: Uint8Array, after: number, etag = '"v1"'): void {
  response.writeHead(200, { etag, "content-length": bytes.byteLength });
  response.write(bytes.subarray(0, after), () => setTimeout(() => response.destroy(), 20));
}

/** What the hub says about a repository. */
export function hubListing(
  commit: string,
  files: Readonly<Record<string, { size: number; sha256?: string; git?: string }>>,
) {
  const siblings = Object.entries(files).map(([rfilename, { size, sha256, git }]) => ({
    rfilename,
    size,
    blobId: git ?? "0".repeat(40),
    ...(sha256 === undefined ? {} : { lfs: { sha256, size, pointerSize: 134 } }),
  }));
  return JSON.stringify({ id: "owner/name", sha: commit, siblings });
}
