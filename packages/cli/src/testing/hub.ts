import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Hub {
  readonly address: string;
  /** Paths asked for so far. */
  readonly asked: readonly string[];
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
  const server = createServer(({ url = "" }, response) => {
    asked.push(url);
    if (url.startsWith("/api/")) response.end(listing);
    else if (url.endsWith("model.safetensors")) response.end(file);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => void server.close(),
  };
}
