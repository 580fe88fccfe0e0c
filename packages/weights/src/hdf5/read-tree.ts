import { isEfficientNetError } from "@efficientnet/errors";
import type { StoredTensor } from "../checkpoint.js";
import { readTexts } from "./attributes.js";
import { readDataset } from "./dataset.js";
import { badHdf5, quote } from "./hdf5-error.js";
import { type Hdf5File, openHdf5 } from "./hdf5-file.js";
import { type Link, readLinks } from "./links.js";
import { type ObjectHeader, readObjectHeader } from "./object-header.js";

/** Groups within groups. */
const MAX_DEPTH = 16;

/** A group: its members, its arrays and its short texts. */
export interface Hdf5Group {
  readonly groups: ReadonlyMap<string, Hdf5Group>;
  readonly arrays: ReadonlyMap<string, StoredTensor>;
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * Reads the groups of an HDF5 file, but for those that `skip` tells by their path; arrays are checked and stay unread.
 *
 * @throws `wrong-file` when the file is damaged; `unsupported` for parts of the format that Keras never writes.
 */
export function readHdf5(bytes: Uint8Array, skip: (path: readonly string[]) => boolean = () => false): Hdf5Group {
  try {
    const { file, root } = openHdf5(bytes);
    const header = readObjectHeader(file, root);
    return readGroup(file, header, readLinks(file, header) ?? [], { path: [], open: [root], skip });
  } catch (cause) {
    if (isEfficientNetError(cause)) throw cause;
    throw badHdf5("the HDF5 file is damaged", { cause });
  }
}

interface Place {
  readonly path: readonly string[];
  /** Addresses of this group and of those it lies in. */
  readonly open: readonly number[];
  readonly skip: (path: readonly string[]) => boolean;
}

function readGroup(
  file: Hdf5File,
  header: ObjectHeader,
  links: readonly Link[],
  { path, open, skip }: Place,
): Hdf5Group {
  const groups = new Map<string, Hdf5Group>();
  const arrays = new Map<string, StoredTensor>();
  for (const { name, address } of links) {
    const place = [...path, name];
    // Paths are what grows when many groups share members.
    file.count(place.length);
    if (skip(place)) continue;
    if (groups.has(name) || arrays.has(name)) throw badHdf5(`the HDF5 file names ${quote(place.join("/"))} twice`);
    const member = readObjectHeader(file, address);
    const array = readDataset(file, member);
    const inside = array === null ? readLinks(file, member) : null;
    if (array !== null) arrays.set(name, array);
    if (inside === null) continue;
    if (open.includes(address)) throw badHdf5(`group ${quote(place.join("/"))} of the HDF5 file contains itself`);
    if (open.length >= MAX_DEPTH) throw badHdf5(`the HDF5 file has groups nested deeper than ${MAX_DEPTH}`);
    groups.set(name, readGroup(file, member, inside, { path: place, open: [...open, address], skip }));
  }
  return { groups, arrays, texts: readTexts(file, header) };
}
