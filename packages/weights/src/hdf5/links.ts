import { decodeText } from "./attributes.js";
import { denseLinks } from "./dense-links.js";
import { Fields } from "./fields.js";
import { badHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";
import { MESSAGE, type ObjectHeader } from "./object-header.js";

/** One member of a group. */
export interface Link {
  readonly name: string;
  readonly address: number;
}

/** Longest name of a member; names of layers have a tenth. */
const MAX_NAME = 256;
/** Entry of a symbol table that is a link by name. */
const SOFT = 2;

/**
 * The members of a group in the file's order, or null when the object is none. Links by name and to other files are
 * left out.
 */
export function readLinks(file: Hdf5File, header: ObjectHeader): readonly Link[] | null {
  const table = header.find(MESSAGE.symbolTable);
  if (table !== undefined) {
    const fields = new Fields(table, file.sizes, "symbol table");
    const tree = fields.address();
    const names = localHeap(file, fields.address());
    return symbolNodes(file, tree).flatMap((node) => symbols(file, node, names));
  }
  const info = header.find(MESSAGE.linkInfo);
  if (info === undefined) return null;
  const fields = new Fields(info, file.sizes, "group");
  fields.skip(1);
  fields.skip(fields.u8() & 1 ? 8 : 0);
  const heap = fields.address();
  const bodies = heap === null ? header.all(MESSAGE.link) : denseLinks(file, heap, fields.address());
  return bodies.flatMap((body) => linkMessage(file, body));
}

/** Source: HDF5 File Format Specification 3.0, III.D. */
function localHeap(file: Hdf5File, address: number | null): Uint8Array {
  const fields = file.at(address, "local heap");
  fields.expectSignature("HEAP");
  fields.skip(4);
  const size = fields.length();
  fields.skip(file.sizes.length);
  return file.at(fields.address(), "local heap", size).take(size);
}

/** Addresses of a group's symbol nodes. Source: HDF5 File Format Specification 3.0, III.A.1. */
function symbolNodes(file: Hdf5File, address: number | null, levelAbove?: number): readonly (number | null)[] {
  const fields = file.at(address, "group tree");
  fields.expectSignature("TREE");
  const [kind, level, count] = [fields.u8(), fields.u8(), fields.u16()];
  if (kind !== 0 || (levelAbove !== undefined && level !== levelAbove - 1)) {
    throw badHdf5("the HDF5 file has a damaged group tree");
  }
  fields.skip(2 * file.sizes.offset + file.sizes.length);
  const children = Array.from({ length: count }, () => {
    const child = fields.address();
    fields.skip(file.sizes.length);
    return child;
  });
  return level === 0 ? children : children.flatMap((child) => symbolNodes(file, child, level));
}

/** Source: HDF5 File Format Specification 3.0, III.B and III.C. */
function symbols(file: Hdf5File, node: number | null, names: Uint8Array): readonly Link[] {
  const fields = file.at(node, "symbol node");
  fields.expectSignature("SNOD");
  fields.skip(2);
  const links: Link[] = [];
  for (let left = fields.u16(); left > 0; left--) {
    file.count();
    const offset = fields.unsigned(file.sizes.offset);
    const address = fields.address();
    const soft = fields.u32() === SOFT;
    fields.skip(20);
    if (!soft && address !== null) links.push({ name: nameAt(names, offset), address });
  }
  return links;
}

function nameAt(names: Uint8Array, offset: number): string {
  const bytes = names.subarray(offset, offset + MAX_NAME);
  if (!bytes.includes(0)) throw badHdf5("the HDF5 file has a name without end");
  return decodeText(bytes);
}

/** Source: HDF5 File Format Specification 3.0, IV.A.2.g. */
function linkMessage(file: Hdf5File, body: Uint8Array): readonly Link[] {
  const fields = new Fields(body, file.sizes, "link");
  fields.skip(1);
  const flags = fields.u8();
  const hard = (flags & 0x08 ? fields.u8() : 0) === 0;
  fields.skip((flags & 0x04 ? 8 : 0) + (flags & 0x10 ? 1 : 0));
  const name = decodeText(fields.take(fields.unsigned(1 << (flags & 3))).subarray(0, MAX_NAME));
  const address = hard ? fields.address() : null;
  return address === null ? [] : [{ name, address }];
}
