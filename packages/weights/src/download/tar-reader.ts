import { EfficientNetError } from "@efficientnet/errors";
import { parsePaxRecords, parseTarHeader, TAR_BLOCK, type TarHeader, text } from "./tar-header.js";

export interface TarLimits {
  /** Bytes of all members that are kept. */
  readonly maxBytes: number;
  /** Members are kept by the last part of their path. */
  readonly keep: (name: string) => boolean;
}

/** What the next bytes belong to. */
interface Member {
  readonly header: TarHeader;
  readonly content: Uint8Array | null;
  at: number;
}

const MAX_MEMBERS = 10_000;
const MAX_NOTE = 2 ** 16;
const NOTES = new Set(["x", "L"]);

/** Reads a tar file as it streams by, keeping the content of chosen files only. Nothing is ever written to a path. */
export class TarReader {
  readonly files = new Map<string, Uint8Array>();
  readonly #block = new Uint8Array(TAR_BLOCK);
  #filled = 0;
  #member: Member | null = null;
  #override: Partial<Pick<TarHeader, "name" | "size">> = {};
  #members = 0;
  #kept = 0;
  #ended = false;

  constructor(readonly limits: TarLimits) {}

  /** @throws `wrong-file` for what is no tar file; `unsupported` beyond the limits. */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.byteLength && !this.#ended; ) {
      at +=
        this.#member === null
          ? this.#fillBlock(chunk.subarray(at))
          : this.#fillMember(this.#member, chunk.subarray(at));
    }
  }

  /** @throws `wrong-file` when the archive ends within a member. */
  finish(): ReadonlyMap<string, Uint8Array> {
    if (this.#member !== null || this.#filled > 0 || this.#members === 0) {
      throw new EfficientNetError("wrong-file", "the archive ends too early", {
        received: this.#member === null ? `${this.#members} members` : `a part of ${this.#member.header.name}`,
        hint: "the download may be incomplete",
      });
    }
    return this.files;
  }

  #fillBlock(chunk: Uint8Array): number {
    const taken = chunk.subarray(0, TAR_BLOCK - this.#filled);
    this.#block.set(taken, this.#filled);
    this.#filled += taken.byteLength;
    if (this.#filled < TAR_BLOCK) return taken.byteLength;
    this.#filled = 0;
    const header = parseTarHeader(this.#block);
    if (header === null) this.#ended = true;
    else this.#begin(NOTES.has(header.type) ? header : { ...header, ...this.#override });
    return taken.byteLength;
  }

  #begin(header: TarHeader): void {
    if (++this.#members > MAX_MEMBERS)
      throw new EfficientNetError("unsupported", `the archive has more than ${MAX_MEMBERS} members`);
    const note = NOTES.has(header.type);
    const name = lastPart(header.name);
    const kept = note || ((header.type === "0" || header.type === "7") && name !== "" && this.limits.keep(name));
    if (!note) this.#override = {};
    this.#kept += kept && !note ? header.size : 0;
    if (this.#kept > this.limits.maxBytes || (note && header.size > MAX_NOTE)) {
      throw new EfficientNetError("unsupported", `${header.name} makes the archive larger than is allowed`, {
        expected: `at most ${note ? MAX_NOTE : this.limits.maxBytes} bytes`,
        received: `${header.size} bytes`,
        hint: "raise maxBytes",
      });
    }
    const member = { header, content: kept ? new Uint8Array(header.size) : null, at: 0 };
    if (header.size === 0) this.#end(member);
    else this.#member = member;
  }

  #fillMember(member: Member, chunk: Uint8Array): number {
    const padded = Math.ceil(member.header.size / TAR_BLOCK) * TAR_BLOCK;
    const taken = Math.min(chunk.byteLength, padded - member.at);
    const left = Math.max(0, member.header.size - member.at);
    member.content?.set(chunk.subarray(0, Math.min(taken, left)), Math.min(member.at, member.header.size));
    member.at += taken;
    if (member.at === padded) this.#end(member);
    return taken;
  }

  #end({ header, content }: Member): void {
    this.#member = null;
    if (content === null) return;
    if (header.type === "x") this.#override = { ...this.#override, ...parsePaxRecords(content) };
    else if (header.type === "L") this.#override = { ...this.#override, name: text(content) };
    else this.#store(lastPart(header.name), content);
  }

  #store(name: string, content: Uint8Array): void {
    if (this.files.has(name)) throw new EfficientNetError("wrong-file", `the archive has two files called ${name}`);
    this.files.set(name, content);
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
