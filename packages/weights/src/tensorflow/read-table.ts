import { EfficientNetError } from "@efficientnet/errors";
import { ByteCursor } from "./byte-cursor.js";
import { crc32c, maskCrc } from "./crc32c.js";
import { FOOTER_BYTES } from "./is-table.js";

/** After each block: its compression and its checksum. */
const TRAILER_BYTES = 5;
/** Keys are prefix-compressed: without a limit a small file could spell enormous ones. */
const MAX_KEY_BYTES = 4096;

export interface TableEntry {
  readonly key: string;
  readonly value: Uint8Array;
}

/**
 * The entries of a sorted table (LevelDB's format), in key order: a footer points at the index block, whose values
 * point at the data blocks. Every block's checksum is verified. Blocks must follow one another, so that no file can
 * hold more entries than bytes.
 *
 * @throws `wrong-file` for damage, `unsupported` for compressed blocks.
 */
export function readTable(bytes: Uint8Array): readonly TableEntry[] {
  const footer = new ByteCursor(bytes.subarray(-FOOTER_BYTES), "footer of the table");
  readHandle(footer);
  const entries: TableEntry[] = [];
  let end = 0;
  for (const { value } of readBlock(bytes, readHandle(footer))) {
    const handle = readHandle(new ByteCursor(value, "index of the table"));
    if (handle.offset < end) throw damaged(`block at byte ${handle.offset} lies over the one before`);
    end = handle.offset + handle.size;
    entries.push(...readBlock(bytes, handle));
  }
  return entries;
}

interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

function readHandle(cursor: ByteCursor): BlockHandle {
  return { offset: cursor.varint(), size: cursor.varint() };
}

function readBlock(bytes: Uint8Array, { offset, size }: BlockHandle): TableEntry[] {
  if (offset + size + TRAILER_BYTES > bytes.length) {
    throw damaged(`block of ${size} bytes at byte ${offset} lies outside of the file (${bytes.length} bytes)`);
  }
  const trailer = new ByteCursor(bytes.subarray(offset + size, offset + size + TRAILER_BYTES), "block");
  const [compression] = trailer.take(1);
  if (trailer.uint32() !== maskCrc(crc32c(bytes.subarray(offset, offset + size + 1)))) {
    throw damaged(`block at byte ${offset} does not have the checksum stored with it`);
  }
  if (compression !== 0) {
    throw new EfficientNetError("unsupported", `the TensorFlow index has compressed blocks (type ${compression})`, {
      expected: "uncompressed blocks, as TensorFlow writes them",
    });
  }
  return readEntries(bytes.subarray(offset, offset + size));
}

/** Entries share the first bytes of their key with the one before; restart points at the end only serve seeking. */
function readEntries(block: Uint8Array): TableEntry[] {
  const restarts = new ByteCursor(block.subarray(-4), "block of the table").uint32();
  const end = block.length - 4 - 4 * restarts;
  if (end < 0) throw damaged(`block of ${block.length} bytes claims ${restarts} restart points`);
  const cursor = new ByteCursor(block.subarray(0, end), "block of the table");
  const entries: TableEntry[] = [];
  let key = new Uint8Array();
  while (!cursor.done) {
    const [shared, unshared, valueLength] = [cursor.varint(), cursor.varint(), cursor.varint()];
    if (shared > key.length || shared + unshared > MAX_KEY_BYTES) throw damaged("key has an impossible length");
    const next = new Uint8Array(shared + unshared);
    next.set(key.subarray(0, shared));
    next.set(cursor.take(unshared), shared);
    key = next;
    entries.push({ key: decodeKey(key), value: cursor.take(valueLength) });
  }
  return entries;
}

function decodeKey(key: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(key);
  } catch (cause) {
    throw new EfficientNetError("wrong-file", "a key of the table is not UTF-8", { cause });
  }
}

function damaged(what: string): EfficientNetError {
  return new EfficientNetError("wrong-file", `a ${what}`, { hint: "the file is damaged or the download incomplete" });
}
