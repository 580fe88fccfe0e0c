import { EfficientNetError } from "@efficientnet/errors";
import { HUB } from "./settings.js";
import type { HubSource } from "./weights-source.js";

const NAME = "[A-Za-z0-9][\\w.-]*";
const SHORT = new RegExp(`^hf:(?:(?://)?)(${NAME}/${NAME})(?:@([^/@\\s]+))?(?:/(.+))?$`, "i");
const PAGE = new RegExp(`^/(${NAME}/${NAME})(?:/(?:resolve|blob|raw|tree)/([^/]+)(?:/(.+))?)?/?$`);

/**
 * `hf:owner/name`, `hf:owner/name@revision`, `hf:owner/name@revision/path/in/repo`; a slash in a revision is written
 * `%2F`.
 *
 * @throws `invalid-argument` for anything else that begins with `hf:`.
 */
export function parseHubSource(text: string): HubSource {
  const [, repo, revision = "main", path] = SHORT.exec(text) ?? [];
  const decoded = decode(revision);
  if (repo === undefined || decoded === null || /^\.+$/.test(decoded) || !(path === undefined || isPlainPath(path))) {
    throw new EfficientNetError("invalid-argument", `"${text}" names nothing on the Hugging Face hub`, {
      expected: "hf:owner/name, hf:owner/name@revision or hf:owner/name@revision/file",
    });
  }
  return { kind: "hub", repo, revision: decoded, path: path ?? null };
}

/** The inverse of `parseHubSource`. */
export function formatHubSource({ repo, revision, path }: HubSource): string {
  const at = revision === "main" ? "" : `@${encodeURIComponent(revision)}`;
  return `hf:${repo}${at}${path === null ? "" : `/${path}`}`;
}

/** What an address on the hub means: of a repository's page, of a file's page, or of the file itself. */
export function hubSourceOf(url: string, endpoint = HUB): HubSource | null {
  const { origin, pathname } = new URL(url);
  const base = [HUB, endpoint].find((hub) => new URL(hub).origin === origin);
  if (base === undefined) return null;
  const prefix = new URL(base).pathname.replace(/\/$/, "");
  if (!pathname.startsWith(prefix)) return null;
  const [, repo, revision = "main", path] = PAGE.exec(pathname.slice(prefix.length)) ?? [];
  const [decodedRevision, decodedPath] = [decode(revision), decode(path ?? "")];
  if (repo === undefined || decodedRevision === null || decodedPath === null) return null;
  if (/^(?:datasets|spaces|api|docs|models)\//.test(repo)) return null;
  return { kind: "hub", repo, revision: decodedRevision, path: decodedPath === "" ? null : decodedPath };
}

/** Where a file of a repository is. */
export function hubFileUrl(endpoint: string, repo: string, revision: string, path: string): string {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  return `${endpoint}/${repo}/resolve/${encodeURIComponent(revision)}/${encoded}`;
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** No step upwards and no empty step. */
function isPlainPath(path: string): boolean {
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}
