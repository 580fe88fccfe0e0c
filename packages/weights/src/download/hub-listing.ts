import { EfficientNetError } from "@efficientnet/errors";
import type { ContentHash } from "./content-hash.js";
import { hubFileUrl } from "./hub-source.js";
import type { RemoteFile } from "./remote-file.js";
import type { Settings } from "./settings.js";

export interface HubFile {
  readonly size: number | null;
  readonly hash: ContentHash | null;
}

/** The files of a repository at one commit. */
export interface HubListing {
  readonly repo: string;
  readonly commit: string;
  readonly files: ReadonlyMap<string, HubFile>;
}

const COMMIT = /^[0-9a-f]{40}$/;
/** In the order of preference, as the hub's own library chooses. */
const USUAL_FILES = ["model.safetensors", "model.safetensors.index.json", "pytorch_model.bin"] as const;

/** The request for a listing. That of a commit never changes; that of a branch is asked for each time. */
export function listingFile(repo: string, revision: string, { endpoint, token }: Settings): RemoteFile {
  return {
    name: `the list of files of ${repo}`,
    url: `${endpoint}/api/models/${repo}/revision/${encodeURIComponent(revision)}?blobs=true`,
    key: `${endpoint}/${repo}@${revision}`,
    hash: null,
    size: null,
    token,
    reuse: COMMIT.test(revision) ? "always" : "offline",
    what: `repository ${repo} at ${JSON.stringify(revision)}`,
    check: (bytes) => parseListing(repo, bytes),
  };
}

/** @throws `wrong-file` for an answer that is no listing. */
export function parseListing(repo: string, bytes: Uint8Array): HubListing {
  const listing = record(parseJson(bytes));
  const commit = listing?.sha;
  const siblings = listing?.siblings;
  if (typeof commit !== "string" || !COMMIT.test(commit) || !Array.isArray(siblings)) {
    throw new EfficientNetError("wrong-file", `the hub did not answer with the files of ${repo}`, {
      expected: "a commit and its siblings",
      received: new TextDecoder().decode(bytes.subarray(0, 80)),
    });
  }
  return { repo, commit, files: new Map(siblings.flatMap(listedFile)) };
}

/** LFS files have the SHA-256 of their content, others git's own hash. */
function listedFile(value: unknown): [string, HubFile][] {
  const file = record(value);
  if (typeof file?.rfilename !== "string") return [];
  const lfs = record(file.lfs);
  const size = typeof file.size === "number" && Number.isSafeInteger(file.size) && file.size >= 0 ? file.size : null;
  const hash = hex(lfs?.sha256, 64, "sha256") ?? (lfs === null ? hex(file.blobId, 40, "git") : null);
  return [[file.rfilename, { size, hash }]];
}

function hex(value: unknown, digits: number, algorithm: ContentHash["algorithm"]): ContentHash | null {
  return typeof value === "string" && value.length === digits && /^[0-9a-f]+$/.test(value)
    ? { algorithm, hex: value }
    : null;
}

/**
 * The file to take from a repository: the one that was named, or the weights it is for.
 *
 * @throws `unknown-name` when there is none.
 */
export function chooseFile({ repo, commit, files }: HubListing, path: string | null): string {
  const chosen = path ?? USUAL_FILES.find((name) => files.has(name)) ?? onlySafetensors(files);
  if (chosen !== undefined && files.has(chosen)) return chosen;
  throw new EfficientNetError("unknown-name", `${repo} has no ${path ?? "weights file of a usual name"}`, {
    ...(path === null ? { expected: USUAL_FILES.join(" or ") } : {}),
    received: [...files.keys()].slice(0, 12).join(", ") || "no files",
    hint: `these are the files of commit ${commit.slice(0, 12)}; name one as hf:${repo}/FILE`,
  });
}

function onlySafetensors(files: HubListing["files"]): string | undefined {
  const found = [...files.keys()].filter((name) => name.endsWith(".safetensors"));
  return found.length === 1 ? found[0] : undefined;
}

/** A file of a listing, pinned to its commit. */
export function hubFile(listing: HubListing, path: string, { endpoint, token }: Settings): RemoteFile {
  const { repo, commit } = listing;
  const { size, hash } = listing.files.get(path) ?? { size: null, hash: null };
  return {
    name: path.slice(path.lastIndexOf("/") + 1),
    url: hubFileUrl(endpoint, repo, commit, path),
    // By content, so that a new commit does not fetch again what it did not change.
    key: `hf:${repo}/${path}@${hash?.hex ?? commit}`,
    hash,
    size,
    token,
    reuse: "always",
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
