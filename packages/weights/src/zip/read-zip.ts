import { readDirectory } from "./central-directory.js";
import { checkBounds } from "./check-bounds.js";
import { findDirectory } from "./end-record.js";
import { type Extent, locate } from "./local-header.js";
import { openEntry } from "./open-entry.js";
import { badZip, quote, zipBytes } from "./zip-bytes.js";

/** One file of a zip. */
export interface ZipEntry {
  /** Bytes after decompression. */
  readonly size: number;
  /**
   * The bytes, checked against their checksum once. Stored entries are views of the file; deflated ones are inflated
   * at each call.
   *
   * @throws `wrong-file` when the data is damaged.
   */
  read(): Uint8Array;
}

/**
 * The files of a zip by path, directories left out. Nothing is decompressed before it is read. Zip64 is understood.
 *
 * Strict, since an archive can be a weapon: entries may not overlap or share a name, the header of each must agree with
 * the directory, paths must be plain, and sizes and ratios are bounded before memory is taken.
 *
 * @throws `wrong-file`; `unsupported` for encryption, several parts, and compression other than deflate.
 */
export function readZip(bytes: Uint8Array): ReadonlyMap<string, ZipEntry> {
  const file = zipBytes(bytes);
  const directory = findDirectory(file);
  const entries = readDirectory(file, directory);
  checkBounds(entries);
  const extents = entries.map((entry) => locate(file, entry, directory.offset));
  checkOverlaps(extents);
  const files = new Map<string, ZipEntry>();
  const names = new Set<string>();
  for (const extent of extents) {
    const { name } = extent.entry;
    if (names.has(name)) throw badZip(`the zip file has two entries named ${quote(name)}`);
    names.add(name);
    if (!name.endsWith("/")) files.set(name, openEntry(bytes.subarray(extent.data, extent.end), extent.entry));
  }
  return files;
}

function checkOverlaps(extents: readonly Extent[]): void {
  const ordered = [...extents].sort((a, b) => a.entry.localOffset - b.entry.localOffset);
  for (const [index, { entry }] of ordered.entries()) {
    const before = ordered[index - 1];
    if (before === undefined || before.end <= entry.localOffset) continue;
    throw badZip(`zip entries ${quote(before.entry.name)} and ${quote(entry.name)} overlap`);
  }
}
