import { EfficientNetError } from "@efficientnet/errors";
import type { CheckpointFiles } from "@efficientnet/weights";
import type { ReadOptions } from "./weights-source.js";

/**
 * The files at an address: what lies there, and where that is an index the files beside it that it names.
 *
 * @throws `wrong-file` when the server has none; `aborted`.
 */
export async function fetchFiles(address: string | URL, options: ReadOptions): Promise<CheckpointFiles> {
  const [, folder = "", name = "", query = ""] = /^([^?#]*?)([^/?#]*)([?#].*)?$/s.exec(String(address)) ?? [];
  const { gatherFiles } = await import("./gather-files.js");
  return gatherFiles(name, { read: (file) => fetchBytes(folder + file + query, options) });
}

async function fetchBytes(address: string, { signal }: ReadOptions): Promise<Uint8Array> {
  try {
    const response = await fetch(address, signal === undefined ? {} : { signal });
    if (!response.ok) throw new Error(`the server answered ${response.status} ${response.statusText}`);
    return new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    if (signal?.aborted) throw new EfficientNetError("aborted", "loading was aborted", { cause });
    throw new EfficientNetError("wrong-file", `no weights could be fetched from ${address}`, {
      received: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
