import { bytesFor } from "./bytes-for.js";
import type { Fields } from "./fields.js";
import { readHeap } from "./fractal-heap.js";
import { badHdf5, unservedHdf5 } from "./hdf5-error.js";
import type { Hdf5File } from "./hdf5-file.js";

/** Signature, version, type and checksum of a node. */
const NODE_OVERHEAD = 10;
/** Records are the hash of a name and a heap id. */
const BY_NAME = 5;
const HASH_BYTES = 4;

interface Level {
  /** Records that a node of this level can hold, with and without those below it. */
  readonly most: number;
  readonly total: number;
}

/**
 * Link messages of a group that keeps them in a heap, as files of HDF5 1.8 and later do for more than eight members.
 *
 * Source: HDF5 File Format Specification 3.0, III.A.2.
 */
export function denseLinks(file: Hdf5File, heapAddress: number, treeAddress: number | null): readonly Uint8Array[] {
  const heap = readHeap(file, heapAddress);
  return heapIds(file, treeAddress).map((id) => heap(id));
}

/** The heap ids in a tree of names. */
function heapIds(file: Hdf5File, address: number | null): readonly Fields[] {
  const fields = file.at(address, "name tree");
  fields.expectSignature("BTHD");
  const version = fields.u8();
  const kind = fields.u8();
  if (version !== 0 || kind !== BY_NAME) throw unservedHdf5(`a name tree of version ${version} kind ${kind}`);
  const [nodeSize, recordSize, depth] = [fields.u32(), fields.u16(), fields.u16()];
  fields.skip(2);
  const root = fields.address();
  const count = fields.u16();
  if (count === 0) return [];
  if (recordSize <= HASH_BYTES || nodeSize <= NODE_OVERHEAD + recordSize)
    throw badHdf5("the HDF5 file has a damaged name tree");
  const levels = levelsOf(file, { nodeSize, recordSize, depth });
  const countBytes = bytesFor(levels[0]?.most ?? 0);

  const visit = (node: number | null, records: number, level: number): readonly Fields[] => {
    const body = file.at(node, "name tree node");
    body.expectSignature(level === 0 ? "BTLF" : "BTIN");
    body.skip(2);
    const ids = Array.from({ length: records }, () => {
      file.count();
      body.skip(HASH_BYTES);
      return body.sub(recordSize - HASH_BYTES, "heap id");
    });
    if (level === 0) return ids;
    const children = Array.from({ length: records + 1 }, () => {
      const at = body.address();
      const held = body.unsigned(countBytes);
      // Records of the whole subtree; a leaf's are those it holds.
      body.skip(level > 1 ? bytesFor(levels[level - 1]?.total ?? 0) : 0);
      return visit(at, held, level - 1);
    });
    return [...ids, ...children.flat()];
  };
  return visit(root, count, depth);
}

function levelsOf(
  file: Hdf5File,
  { nodeSize, recordSize, depth }: { readonly nodeSize: number; readonly recordSize: number; readonly depth: number },
): readonly Level[] {
  const leaf = Math.floor((nodeSize - NODE_OVERHEAD) / recordSize);
  const levels: Level[] = [{ most: leaf, total: leaf }];
  while (levels.length <= depth) {
    file.count();
    const below = levels.at(-1)?.total ?? 0;
    const pointer = file.sizes.offset + bytesFor(leaf) + (levels.length > 1 ? bytesFor(below) : 0);
    const most = Math.floor((nodeSize - NODE_OVERHEAD - pointer) / (recordSize + pointer));
    levels.push({ most, total: (most + 1) * below + most });
  }
  return levels;
}
