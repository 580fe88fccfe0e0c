import { createReadStream, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, posix } from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
};

export interface ServeOptions {
  /** Text answered for an exact path: `{ "/entry.js": "..." }`. */
  readonly pages: Readonly<Record<string, string>>;
  /** A file for an exact path, or a folder for everything under a path: `{ "/goldens": "/abs/goldens" }`. */
  readonly files: Readonly<Record<string, string>>;
  /** Sends the COOP and COEP headers that SharedArrayBuffer, and so wasm threads, need. */
  readonly crossOriginIsolated: boolean;
  /** Sent with every answer: `{ "content-security-policy": "worker-src 'none'" }`. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Served {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };

function resolveFile(files: ServeOptions["files"], path: string): string | undefined {
  for (const [mount, target] of Object.entries(files)) {
    const base = mount.replace(/\/$/, "");
    if (path !== base && !path.startsWith(`${base}/`)) continue;
    const file = join(target, path.slice(base.length));
    if (statSync(file, { throwIfNoEntry: false })?.isFile()) return file;
  }
  return undefined;
}

function answer(response: ServerResponse, path: string, options: ServeOptions): void {
  const { pages, files, crossOriginIsolated } = options;
  const headers = { ...(crossOriginIsolated ? ISOLATED : {}), ...options.headers };
  const page = pages[path];
  const file = page === undefined ? resolveFile(files, path) : undefined;
  if (page === undefined && file === undefined) {
    response.writeHead(404, headers).end(`no file at ${path}`);
    return;
  }
  const type = TYPES[extname(path === "/" ? "/index.html" : path)] ?? "application/octet-stream";
  if (file === undefined) {
    response.writeHead(200, { ...headers, "content-type": type }).end(page);
    return;
  }
  response.writeHead(200, { ...headers, "content-type": type, "content-length": statSync(file).size });
  createReadStream(file).pipe(response);
}

/** A web server on this machine alone, on a free port. */
export async function serve(options: ServeOptions): Promise<Served> {
  const server = createServer((request, response) => {
    // URL parsing resolves `..`, so no path leaves its folder.
    const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
    answer(response, posix.normalize(decodeURIComponent(pathname)), options);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
