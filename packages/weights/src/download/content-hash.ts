import { EfficientNetError } from "@efficientnet/errors";
import { md5 } from "./md5.js";

/** `git` is the SHA-1 that git gives a file: over `blob SIZE`, a zero byte, and the content. */
export type HashAlgorithm = "sha256" | "md5" | "git";

/** What a publisher says about the content of a file. */
export interface ContentHash {
  readonly algorithm: HashAlgorithm;
  /** Lowercase; the first digits alone where no more is published. */
  readonly hex: string;
}

const ALGORITHMS: Readonly<Record<HashAlgorithm, (bytes: Uint8Array) => string | Promise<string>>> = {
  sha256: (bytes) => digest("SHA-256", bytes),
  md5,
  git: (bytes) => digest("SHA-1", joined(new TextEncoder().encode(`blob ${bytes.byteLength}\0`), bytes)),
};

/** SHA-256 in lowercase hex. */
export const sha256 = (bytes: Uint8Array): Promise<string> => digest("SHA-256", bytes);

/** @throws `wrong-file` when the content has another hash than was published. */
export async function checkHash(what: string, bytes: Uint8Array, { algorithm, hex }: ContentHash): Promise<void> {
  const received = await ALGORITHMS[algorithm](bytes);
  if (received.startsWith(hex)) return;
  throw new EfficientNetError("wrong-file", `${what} does not have the content that was published`, {
    expected: `${algorithm} ${hex}`,
    received: `${algorithm} ${received.slice(0, Math.max(hex.length, 8))} (${bytes.byteLength} bytes)`,
    hint: "the file was damaged on its way, or was replaced; try again, or take another source",
  });
}

async function digest(algorithm: "SHA-256" | "SHA-1", bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto ?? {};
  if (subtle === undefined) {
    throw new EfficientNetError("unsupported", "downloads cannot be verified here: there is no WebCrypto", {
      hint: "open the page over https or from localhost",
    });
  }
  const hash = await subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const all = new Uint8Array(first.byteLength + second.byteLength);
  all.set(first);
  all.set(second, first.byteLength);
  return all;
}
