import { EfficientNetError } from "@efficientnet/errors";
import { defaultCache } from "./cache-storage-cache.js";
import { collectFiles } from "./collect-files.js";
import { openEntry, openHub, openUrl } from "./open-sources.js";
import { type ResolveOptions, resolveWeights } from "./resolve-weights.js";
import { throwIfAborted } from "./retry.js";
import { completeSettings, type DownloadOptions, type Settings } from "./settings.js";
import type { WeightsCache } from "./weights-cache.js";
import type { OpenSource, WeightsOrigin } from "./weights-origin.js";
import type { WeightsSource } from "./weights-source.js";

/** What an environment adds. */
export interface Environment extends Pick<ResolveOptions, "isFile"> {
  readonly usualCache: () => WeightsCache;
  readonly openPath: OpenSource<"path">;
}

/**
 * Downloads weights, or takes them from the cache: the bytes of every file by its name, as `readCheckpoint` wants them.
 * `source` is what `resolveWeights` understands, or its answer. The bytes are shared with other callers: read only.
 *
 * Nothing is returned or stored before it is whole and has the hash that was published, where one was: SHA-256 on the
 * Hugging Face hub, its first digits in names of PyTorch files, MD5 for Keras. Broken connections are resumed.
 *
 * @throws `unreachable`, `forbidden`, `unknown-name`, `wrong-file`, `unsupported`, `invalid-argument`, `aborted`.
 */
export function downloadWeights(
  source: string | WeightsSource,
  options: DownloadOptions = {},
): Promise<ReadonlyMap<string, Uint8Array>> {
  return downloadIn({ usualCache: defaultCache, openPath: refusePath }, source, options);
}

export async function downloadIn(
  environment: Environment,
  source: string | WeightsSource,
  options: DownloadOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const settings = completeSettings(options, environment.usualCache);
  throwIfAborted(settings.signal);
  const { isFile } = environment;
  const known = { endpoint: settings.endpoint, ...(isFile === undefined ? {} : { isFile }) };
  const resolved = typeof source === "string" ? resolveWeights(source, known) : source;
  const origin = await open(resolved, environment, settings);
  return collectFiles(origin, settings, options.onProgress ?? (() => undefined));
}

function open(source: WeightsSource, { openPath }: Environment, settings: Settings) {
  switch (source.kind) {
    case "entry":
      return openEntry(source, settings);
    case "hub":
      return openHub(source, settings);
    case "url":
      return openUrl(source, settings);
    case "path":
      return openPath(source, settings);
  }
}

function refusePath({ path }: { readonly path: string }): WeightsOrigin {
  throw new EfficientNetError("invalid-argument", `"${path}" is a path, and files cannot be opened by path here`, {
    hint: "pass the bytes of the file, or an address",
  });
}
