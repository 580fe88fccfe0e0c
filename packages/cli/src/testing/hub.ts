import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Hub {
  readonly address: string;
  /** Paths asked for so far. */
  readonly asked: readonly string[];
  /** Ranges asked for so far, of requests that named one. */
  readonly ranges: readonly string[];
  close(): void;
}

/** A Hugging Face hub on this machine, on which every repository holds the same file. */
export async function startHub(file: Uint8Array): Promise<Hub> {
  const sha256 = createHash("sha256").update(file).digest("hex");
  const lfs = { sha256, size: file.length, pointerSize: 134 };
  const listing = JSON.stringify({
    sha: "c".repeat(40),
    siblings: [{ rfilename: "model.safetensors", size: file.length, blobId: "0".repeat(40), lfs }],
  });
  const asked: string[] = [];
  const ranges: string[] = [];
  const server = createServer(({ url = "", headers: { range } }, response) => {
    asked.push(url);
    if (range !== undefined) ranges.push(range);
    const [, end] = /^bytes=0-(\d+)$/.exec(range ?? "") ?? [];
    if (url.startsWith("/api/")) response.end(listing);
    else if (url.endsWith("model.safetensors") && end !== undefined) {
      const part = file.subarray(0, Number(end) + 1);
      response.writeHead(206, { "content-range": `bytes 0-${part.length - 1}/${file.length}` }).end(part);
    } else if (url.endsWith("unsized.safetensors")) response.writeHead(200).write(file, () => response.end());
    else if (url.endsWith("model.safetensors")) response.end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    ranges,
    close: () => void server.close(),
  };
}
