import { EfficientNetError } from "@efficientnet/errors";
import type { Checkpoint } from "../checkpoint.js";
import { headerEnd, readHeader, safetensorsCheckpoint } from "../safetensors/read-safetensors.js";
import { httpFailure, withoutQuery } from "./http-failure.js";
import { request } from "./request.js";
import { withRetries } from "./retry.js";
import { completeSettings, type DownloadOptions, type Settings } from "./settings.js";

/** Longer than nearly every header, so that one request is enough. */
const FIRST_BYTES = 2 ** 16;

/**
 * Names, shapes, types and metadata of a safetensors file at an address, for the price of its header: what
 * `checkWeights` and `recogniseVariant` need. The values stay where they are, and reading one is refused.
 *
 * @throws `unreachable`, `forbidden`, `unknown-name`, `wrong-file`, `aborted`.
 */
export async function fetchHeader(url: string, options: DownloadOptions = {}): Promise<Checkpoint> {
  const settings = completeSettings({ ...options, cache: null }, () => {
    throw new Error("a header is not kept");
  });
  const first = await fetchStart(url, FIRST_BYTES, settings);
  const end = headerEnd(first.bytes, first.total);
  const { bytes } = end <= first.bytes.byteLength ? first : await fetchStart(url, end, settings);
  const header = readHeader(bytes.subarray(0, end), first.total);
  return safetensorsCheckpoint(header, ({ name, dtype, shape }) => ({
    dtype,
    shape,
    read() {
      throw new EfficientNetError("unsupported", `only the header was fetched, not ${name}`, {
        hint: "downloadWeights gets the whole file",
      });
    },
  }));
}

interface FileStart {
  readonly bytes: Uint8Array;
  /** Bytes of the whole file. */
  readonly total: number;
}

function fetchStart(url: string, count: number, settings: Settings): Promise<FileStart> {
  const { fetch, signal, token } = settings;
  const headers = { range: `bytes=0-${count - 1}`, "accept-encoding": "identity" };
  return withRetries(async () => {
    const { response } = await request(url, { fetch, signal, token, method: "GET", headers });
    if (!response.ok) throw httpFailure(withoutQuery(url), response);
    const total = totalBytes(response);
    if (total === null) {
      await response.body?.cancel();
      throw new EfficientNetError("unreachable", `the server does not say how long ${withoutQuery(url)} is`, {
        received: `HTTP ${response.status} without Content-Range or Content-Length`,
      });
    }
    return { total, bytes: await readStart(response, Math.min(count, total)) };
  }, settings);
}

/** A server that knows no ranges answers with the whole file, of which no more is taken than asked for. */
function totalBytes({ status, headers }: Response): number | null {
  const stated =
    status === 206 ? /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] : headers.get("content-length");
  return stated === undefined || stated === null ? null : Number(stated);
}

async function readStart({ body }: Response, count: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(count);
  const reader = body?.getReader();
  let filled = 0;
  while (reader !== undefined && filled < count) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.set(value.subarray(0, count - filled), filled);
    filled += value.byteLength;
  }
  await reader?.cancel();
  return filled < count ? bytes.subarray(0, filled) : bytes;
}
