import { gzipSync } from "node:zlib";

export interface TarMember {
  readonly name: string;
  readonly content?: Uint8Array;
  /** `0` for a file unless told. */
  readonly type?: string;
  /** What the header claims, where that is not the truth. */
  readonly size?: number;
}

const BLOCK = 512;
const encoder = new TextEncoder();

/** A tar file as POSIX writes it, for tests. */
export function makeTar(members: readonly TarMember[]): Uint8Array {
  const blocks = members.flatMap(({ name, content = new Uint8Array(), type = "0", size = content.byteLength }) => [
    header(name, size, type),
    content,
    new Uint8Array((BLOCK - (content.byteLength % BLOCK)) % BLOCK),
  ]);
  return new Uint8Array(Buffer.concat([...blocks, new Uint8Array(2 * BLOCK)]));
}

export const makeTarGz = (members: readonly TarMember[]): Uint8Array => new Uint8Array(gzipSync(makeTar(members)));

/** One record of a pax header: its own length, key and value. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = encoder.encode(` ${key}=${value}\n`);
  const length = [1, 2, 3, 4].map((digits) => digits + rest.length).find((n, i) => String(n).length === i + 1);
  return new Uint8Array(Buffer.concat([encoder.encode(String(length)), rest]));
}

function header(name: string, size: number, type: string): Uint8Array {
  const block = new Uint8Array(BLOCK);
  const put = (text: string, at: number) => block.set(encoder.encode(text), at);
  put(name.slice(0, 100), 0);
  put("0000644\0", 100);
  put(`${size.toString(8).padStart(11, "0")}\0`, 124);
  put("        ", 148);
  put(type, 156);
  put("ustar\0", 257);
  put("00", 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  put(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}
