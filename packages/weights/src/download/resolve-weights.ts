import { EfficientNetError, unknownName } from "@efficientnet/errors";
import { weightsEntries } from "../registry/entries.js";
import type { WeightsEntry } from "../registry/weights-entry.js";
import { hubSourceOf, parseHubSource } from "./hub-source.js";
import type { WeightsSource } from "./weights-source.js";

export interface ResolveOptions {
  /** Tells whether a path is a file here; without it, paths are refused. */
  readonly isFile?: (path: string) => boolean;
  /** Address of a mirror of the Hugging Face hub, whose addresses are then understood too. */
  readonly endpoint?: string;
}

/**
 * What somebody means who types the name of weights: an id of the registry (`timm/efficientnet_b0.ra_in1k`; case does
 * not matter), library and architecture where only one set of weights has them (`timm/mnasnet_100`), a repository on
 * the Hugging Face hub (`hf:owner/name@revision/file`), an https address, or a path.
 *
 * @throws `unknown-name` with near matches; `invalid-argument` where several weights are meant or the text is none of
 * these.
 */
export function resolveWeights(text: string, { isFile, endpoint }: ResolveOptions = {}): WeightsSource {
  const typed = text.trim();
  if (/^hf:/i.test(typed)) return parseHubSource(typed);
  if (/^https?:/i.test(typed)) return addressSource(typed, endpoint);
  if (/^file:|^[./~\\]|^[a-z]:[\\/]/i.test(typed)) return pathSource(typed, isFile);
  const entry = findWeights(typed);
  if (entry !== null) return { kind: "entry", entry };
  if (isFile?.(typed)) return { kind: "path", path: typed };
  throw unknownName(
    "weights",
    typed,
    weightsEntries().map(({ id }) => id),
  );
}

function findWeights(typed: string): WeightsEntry | null {
  const wanted = typed.toLowerCase();
  const entries = weightsEntries();
  const exact = entries.find(({ id }) => id.toLowerCase() === wanted);
  if (exact !== undefined) return exact;
  const alike = entries.filter(({ library, arch }) => `${library}/${arch}`.toLowerCase() === wanted);
  if (alike.length < 2) return alike[0] ?? null;
  throw new EfficientNetError("invalid-argument", `"${typed}" is the name of ${alike.length} sets of weights`, {
    expected: alike.map(({ id }) => id).join(" or "),
    hint: "they differ in training, and often in preprocessing",
  });
}

function addressSource(typed: string, endpoint: string | undefined): WeightsSource {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url === null || !(url.protocol === "https:" || isLoopback(url))) {
    throw new EfficientNetError("invalid-argument", `"${typed}" is no address that weights are taken from`, {
      expected: "https://..., or http from this machine",
    });
  }
  return hubSourceOf(url.href, endpoint) ?? { kind: "url", url: url.href };
}

function isLoopback({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

function pathSource(path: string, isFile: ResolveOptions["isFile"]): WeightsSource {
  if (isFile === undefined) {
    throw new EfficientNetError("invalid-argument", `"${path}" is a path, and files cannot be opened by path here`, {
      hint: "pass the bytes of the file, or an address",
    });
  }
  if (isFile(path)) return { kind: "path", path };
  throw new EfficientNetError("unknown-name", `there is no file ${path}`);
}
