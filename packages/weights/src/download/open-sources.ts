import { EfficientNetError } from "@efficientnet/errors";
import type { WeightsFile } from "../registry/weights-entry.js";
import type { ContentHash } from "./content-hash.js";
import { chooseFile, hubFile, listingFile, parseListing } from "./hub-listing.js";
import { hubSourceOf } from "./hub-source.js";
import { remotePart } from "./remote-part.js";
import type { Settings } from "./settings.js";
import type { OpenSource, WeightsOrigin } from "./weights-origin.js";

/** The list of files is asked for first: it pins the revision to a commit, and has every length and hash. */
export const openHub: OpenSource<"hub"> = async ({ repo, revision, path }, settings) => {
  const list = remotePart(listingFile(repo, revision, settings), settings);
  const listing = parseListing(repo, await list.read(() => undefined));
  const chosen = chooseFile(listing, path);
  const part = (name: string) => remotePart(hubFile(listing, chooseFile(listing, name), settings), settings);
  const folder = chosen.slice(0, chosen.lastIndexOf("/") + 1);
  return { main: part(chosen), beside: (name) => part(folder + name) };
};

/** An address without a published hash is believed as far as its length; a cached copy is kept while its ETag is. */
export const openUrl: OpenSource<"url"> = ({ url }, settings) => openAddress(url, null, settings);

/** The best file of a registry entry that has a classifier. */
export const openEntry: OpenSource<"entry"> = ({ entry }, settings) => {
  const file = entry.files.find(({ withoutClassifier }) => withoutClassifier !== true);
  if (file === undefined) throw new EfficientNetError("unsupported", `${entry.id} is published without a classifier`);
  const hub = hubSourceOf(file.url);
  return hub === null ? openAddress(file.url, publishedHash(file), settings) : openHub(hub, settings);
};

function publishedHash({ sha256Prefix, md5 }: WeightsFile): ContentHash | null {
  if (sha256Prefix !== undefined) return { algorithm: "sha256", hex: sha256Prefix };
  return md5 === undefined ? null : { algorithm: "md5", hex: md5 };
}

function openAddress(address: string, hash: ContentHash | null, settings: Settings): WeightsOrigin {
  const part = (url: string, known: ContentHash | null) =>
    remotePart(
      {
        name: fileName(url),
        url,
        key: known === null ? url : `${url}@${known.hex}`,
        hash: known,
        size: null,
        token: null,
        reuse: known !== null ? "always" : mayAskForChanges(url) ? "if-same" : "always",
      },
      settings,
    );
  return { main: part(address, hash), beside: (name) => part(new URL(encodeURIComponent(name), address).href, null) };
}

/** A page may not send If-None-Match to another origin without that origin's consent. */
function mayAskForChanges(url: string): boolean {
  return globalThis.location === undefined || globalThis.location.origin === new URL(url).origin;
}

function fileName(url: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(last) || "weights";
  } catch {
    return last;
  }
}
