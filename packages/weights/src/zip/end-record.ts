import { EfficientNetError } from "@efficientnet/errors";
import { badZip, type ZipBytes } from "./zip-bytes.js";

const END = 0x06054b50;
const END_BYTES = 22;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END = 0x06064b50;
const ZIP64_END_BYTES = 56;
const MAX_COMMENT = 0xffff;

/** Where the central directory lies and how many entries it lists. */
export interface Directory {
  readonly offset: number;
  readonly size: number;
  readonly entries: number;
}

/**
 * Finds the central directory through the record at the end of the file, or its zip64 form where there is one.
 *
 * @throws `wrong-file` without such a record, or when the directory does not end where the record begins.
 */
export function findDirectory(file: ZipBytes): Directory {
  const end = findEnd(file);
  const locator = end - ZIP64_LOCATOR_BYTES;
  const zip64 = locator >= 0 && file.u32(locator) === ZIP64_LOCATOR;
  const { directory, disks, end: directoryEnd } = zip64 ? readZip64(file, locator) : readPlain(file, end);
  if (disks.some((disk) => disk !== 0)) {
    throw new EfficientNetError("unsupported", "the zip file is one part of several", { hint: "join the parts first" });
  }
  if (directory.offset + directory.size !== directoryEnd) {
    throw badZip("the zip file's directory does not end where its end record begins", {
      expected: `byte ${directoryEnd}`,
      received: `byte ${directory.offset + directory.size}`,
    });
  }
  return directory;
}

/** The record is the last thing in the file but for a comment, whose length must agree. */
function findEnd(file: ZipBytes): number {
  const length = file.bytes.byteLength;
  for (let at = length - END_BYTES; at >= Math.max(0, length - END_BYTES - MAX_COMMENT); at--) {
    if (file.bytes[at] === 0x50 && file.u32(at) === END && at + END_BYTES + file.u16(at + 20) === length) return at;
  }
  throw badZip("the zip file has no end record", { hint: "the download may be incomplete" });
}

interface EndRecord {
  readonly directory: Directory;
  /** Disk numbers, and the difference between entries here and in all. */
  readonly disks: readonly number[];
  readonly end: number;
}

function readPlain(file: ZipBytes, at: number): EndRecord {
  const entries = file.u16(at + 10);
  return {
    directory: { entries, size: file.u32(at + 12), offset: file.u32(at + 16) },
    disks: [file.u16(at + 4), file.u16(at + 6), file.u16(at + 8) - entries],
    end: at,
  };
}

function readZip64(file: ZipBytes, locator: number): EndRecord {
  const at = file.u64(locator + 8);
  // The record may have an extension; its length counts from after the length field.
  if (at + ZIP64_END_BYTES > locator || file.u32(at) !== ZIP64_END || at + 12 + file.u64(at + 4) !== locator) {
    throw badZip("the zip file's zip64 locator does not point to a zip64 end record");
  }
  const entries = file.u64(at + 32);
  return {
    directory: { entries, size: file.u64(at + 40), offset: file.u64(at + 48) },
    disks: [file.u32(locator + 4), file.u32(at + 16), file.u32(at + 20), file.u64(at + 24) - entries],
    end: at,
  };
}
