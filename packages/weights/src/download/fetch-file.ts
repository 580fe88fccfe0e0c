import { EfficientNetError, isEfficientNetError } from "@efficientnet/errors";
import { checkHash } from "./content-hash.js";
import type { RemoteFile } from "./remote-file.js";
import { withRetries } from "./retry.js";
import type { Settings } from "./settings.js";
import { stallGuard } from "./stall-guard.js";
import { type OnBytes, Transfer, type Transferred } from "./transfer.js";
import { readVerified, writeVerified } from "./verified-cache.js";
import type { CachedFile } from "./weights-cache.js";

/**
 * The content of one file, from the cache or the network, verified before it is returned or stored.
 *
 * @throws `unreachable`, `forbidden`, `unknown-name`, `wrong-file`, `unsupported`, `aborted`.
 */
export async function fetchFile(file: RemoteFile, settings: Settings, onBytes: OnBytes): Promise<Uint8Array> {
  const cached = settings.cache && (await readVerified(settings.cache, file.key, settings.warn));
  const fromCache = ({ bytes }: CachedFile) => {
    onBytes(bytes.byteLength, bytes.byteLength);
    return bytes;
  };
  if (cached && (settings.offline || file.reuse === "always")) return fromCache(cached);
  if (settings.offline) throw notCached(file);
  try {
    // Where there is a copy, a network that fails once need not be waited for.
    const { bytes, etag } = await download(file, cached ? { ...settings, retries: 0 } : settings, onBytes, cached);
    if (bytes === null) return fromCache(cached as CachedFile);
    const origin = { url: file.url, ...(etag === null ? {} : { etag }) };
    if (settings.cache) await writeVerified(settings.cache, file.key, bytes, origin, settings.warn);
    return bytes;
  } catch (error) {
    if (!cached || !isEfficientNetError(error, "unreachable")) throw error;
    settings.warn(`${file.name} comes from the cache, since it cannot be checked for changes: ${error.message}`);
    return fromCache(cached);
  }
}

async function download(file: RemoteFile, settings: Settings, onBytes: OnBytes, cached: CachedFile | null) {
  const knownEtag = file.reuse === "if-same" ? (cached?.meta.etag ?? null) : null;
  const first = await transfer(file, settings, onBytes, knownEtag);
  try {
    await check(file, first);
    return first;
  } catch (error) {
    // Parts of two versions can be mistaken for one where a server does not name its versions.
    if (!first.resumed || !isEfficientNetError(error, "wrong-file")) throw error;
  }
  const second = await transfer(file, settings, onBytes, null);
  await check(file, second);
  return second;
}

function transfer(file: RemoteFile, settings: Settings, onBytes: OnBytes, knownEtag: string | null) {
  const state = new Transfer(file, settings, onBytes, knownEtag);
  const attempt = async () => {
    const guard = stallGuard(settings.signal, settings.stallTimeout);
    try {
      return await state.attempt(guard.signal, guard.alive);
    } finally {
      guard.stop();
    }
  };
  return withRetries(attempt, settings, () => state.progressed());
}

async function check(file: RemoteFile, { bytes, linkedSha256 }: Transferred): Promise<void> {
  if (bytes === null) return;
  const start = new TextDecoder().decode(bytes.subarray(0, 64));
  if (/^\s*<(!doctype html|html)/i.test(start) || start.startsWith("version https://git-lfs")) {
    throw new EfficientNetError("wrong-file", `the server answered with something else than ${file.name}`, {
      received: start.startsWith("version") ? "a Git LFS pointer" : "a web page",
      hint: "check the address the file comes from",
    });
  }
  const hash = file.hash ?? (linkedSha256 === null ? null : { algorithm: "sha256" as const, hex: linkedSha256 });
  if (hash !== null) await checkHash(file.name, bytes, hash);
  file.check?.(bytes);
}

function notCached({ name, url }: RemoteFile): EfficientNetError {
  return new EfficientNetError("unreachable", `${name} is not in the cache, and nothing is asked for while offline`, {
    received: url,
    hint: "load it once with a connection",
  });
}
